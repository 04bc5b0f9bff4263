"""Web addresses for imports, each behind the gate that editing uses."""

from django.urls import path

from commonweal_site.editing.gate import an_editor, anybody_signed_in, gate
from commonweal_site.later import Later

money_views = Later("commonweal_site.importing.money_views")
views = Later("commonweal_site.importing.views")

urlpatterns = [
    path("edit/import/", gate(views.begin, anybody_signed_in), name="import"),
    path("edit/import/read/", gate(views.read, an_editor), name="import-read"),
    path("import/money/", gate(money_views.shorter, anybody_signed_in)),
    path("edit/import/money/", gate(money_views.begin, anybody_signed_in), name="import-money"),
    path("edit/import/money/budget.csv", gate(money_views.table, anybody_signed_in)),
    path("edit/import/money/read/", gate(money_views.take, an_editor), name="import-money-read"),
]
