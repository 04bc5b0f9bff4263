"""Web addresses. A page's address is the identifier of what it shows."""

from django.urls import include, path, re_path

from .record import entity

_WORD = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ENTITY = rf"(?P<system>{_WORD})/(?P<kind>{_WORD})/(?P<slug>{_WORD})"

urlpatterns = [
    path("", include("commonweal_site.accounts.urls")),
    path("", include("commonweal_site.editing.urls")),
    re_path(rf"^{_ENTITY}(?:\.json|\.csv)?$", entity.entity, name="entity"),
]

handler404 = "commonweal_site.pages.handle_404"
handler400 = "commonweal_site.pages.handle_400"
handler500 = "commonweal_site.pages.handle_500"
