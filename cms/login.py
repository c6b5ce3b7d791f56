"""Logging in and out, and the way from there to each role's own work."""

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from cms.office.models import Role

GUESSES, HOUR = 10, 3600
HOMES = {Role.COUNCIL: "/adat/", Role.RADIO: "/siaran/", Role.FRONT_DESK: "/layanan/"}


class LoginForm(AuthenticationForm):
    """Ten wrong passwords for a name, and it rests for an hour.

    Counted by name in the cache, not by address: no IP is kept anywhere, and a whole office shares one.
    """

    error_messages = {
        "invalid_login": _(
            "Nama pengguna atau kata sandi salah. Periksa huruf besar dan kecilnya, lalu coba lagi. "
            "Lupa kata sandi? Hubungi administrator."
        ),
        "inactive": _("Akun ini tidak aktif lagi. Hubungi administrator."),
        "too_many": _("Terlalu banyak percobaan untuk nama ini. Coba lagi satu jam lagi, atau hubungi administrator."),
    }

    def clean(self) -> dict[str, Any]:
        name = str(self.cleaned_data.get("username", "")).casefold()
        key = hashlib.sha256(name.encode()).hexdigest()
        guesses = [f"login-{key}-{number}" for number in range(GUESSES)]
        # Each guess takes a place before it is looked at, so that many at once do not count as one
        if not any(cache.add(guess, 1, HOUR) for guess in guesses):
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        cleaned = super().clean()
        if self.get_user() is not None:  # a form without a password is no success
            cache.delete_many(guesses)
        return cleaned


class Login(LoginView):
    """Also whom the admin turns away lands here, logged in already; redirecting them on would go round for ever."""

    authentication_form = LoginForm
    template_name = "registration/login.html"


class Leave(LogoutView):
    """GET asks, POST leaves: an address that somebody merely opens logs nobody out."""

    http_method_names = ["get", "head", "post"]
    next_page = "masuk"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render(request, "registration/leave.html")


@login_required
def to_work(request: HttpRequest) -> HttpResponse:
    """Each role to the page where its work is."""
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    groups = set(request.user.groups.values_list("name", flat=True))
    for role, address in HOMES.items():
        if role in groups:
            return redirect(address)
    return render(request, "registration/no_role.html", status=403)
