"""Web addresses of the pages of scrutiny."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
