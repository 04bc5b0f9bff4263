"""Web addresses."""

urlpatterns: list[object] = []
