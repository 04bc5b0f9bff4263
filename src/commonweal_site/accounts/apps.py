from django.apps import AppConfig


class Accounts(AppConfig):
    name = "commonweal_site.accounts"
    label = "accounts"
