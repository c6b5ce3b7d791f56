"""Numbers of rows as addresses and forms bring them: nothing the database cannot hold is asked of it."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django_filters.fields import ModelChoiceField as FilterField

DIGITS = 9


def is_row(value: Any) -> bool:
    return str(value).isdecimal() and len(str(value)) <= DIGITS


class RowConverter:
    regex = f"[0-9]{{1,{DIGITS}}}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class RowField(forms.ModelChoiceField):
    """Pages need it: their keys lead to another table, where Django looks at no bounds."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value and not is_row(value):
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value[:DIGITS]}
            )
        return super().to_python(value)


class RowsField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        for one in value or ():
            if isinstance(one, str) and not is_row(one):
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one[:DIGITS]}
                )
        return super().clean(value)


class _RowFilterField(FilterField, RowField):
    pass


class RowFilter(django_filters.ModelChoiceFilter):
    field_class = _RowFilterField
