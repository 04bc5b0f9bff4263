"""Web addresses of the pages of plans."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
