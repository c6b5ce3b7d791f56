"""Accounts in the admin: the role Administrator keeps users, but makes and touches no superuser."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest
from wagtail.users.views import users


def guard_superusers(request: HttpRequest, accounts: Iterable[Any]) -> None:
    """Whoever can set a superuser's password is one: only another may."""
    by_superuser = getattr(request.user, "is_superuser", False)
    if not by_superuser and any(isinstance(one, AbstractUser) and one.is_superuser for one in accounts):
        raise PermissionDenied


def _lock(form: "ModelForm[Any]", request: HttpRequest) -> "ModelForm[Any]":
    """A locked field keeps its value whatever is posted; Wagtail's page wants the field to be there."""
    if "is_superuser" in form.fields and not getattr(request.user, "is_superuser", False):
        form.fields["is_superuser"].disabled = True
    return form


class CreateView(users.CreateView):
    def get_form(self, form_class: "type[ModelForm[Any]] | None" = None) -> "ModelForm[Any]":
        return _lock(super().get_form(form_class), self.request)


class EditView(users.EditView):
    def get_form(self, form_class: "type[ModelForm[Any]] | None" = None) -> "ModelForm[Any]":
        return _lock(super().get_form(form_class), self.request)


class UserViewSet(users.UserViewSet):
    add_view_class = CreateView
    edit_view_class = EditView
