"""Web addresses of the pages of demand."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
