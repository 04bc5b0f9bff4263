"""Web addresses of accounts."""

from django.urls import path

from . import views

urlpatterns = [
    path("accounts/", views.account, name="account"),
    path("accounts/sign-in/", views.sign_in, name="sign-in"),
    path("accounts/sign-out/", views.sign_out, name="sign-out"),
    path("accounts/password/", views.password, name="password"),
]
