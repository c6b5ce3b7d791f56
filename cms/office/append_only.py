"""Rows that are only ever added: no update, no delete, through model, QuerySet or (on PostgreSQL) SQL.

The one switch is `erasing()`: for lawful erasure, restore and the tests' tear-down, nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils.translation import gettext as _

_erasing: ContextVar[bool] = ContextVar("erasing", default=False)


class HistoryIsFixed(TypeError):
    """Somebody tried to change or remove a row of history."""

    def __init__(self) -> None:
        super().__init__(_("Catatan riwayat tidak dapat diubah atau dihapus; buat catatan baru yang membetulkannya."))


@contextmanager
def erasing() -> Iterator[None]:
    """Let this block change history. Must run inside a transaction on PostgreSQL, whose triggers it also opens."""
    token = _erasing.set(True)
    try:
        _set_switch("on")
        yield
        _set_switch("off")
    finally:
        _erasing.reset(token)


def _set_switch(value: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('bersenjang.erasing', %s, true)", [value])


def _refuse() -> None:
    if not _erasing.get():
        raise HistoryIsFixed


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        _refuse()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse()
        return super().delete()

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        _refuse()
        return super().bulk_update(*args, **kwargs)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts") or len(args) > 3:
            _refuse()
        return super().bulk_create(*args, **kwargs)


class AppendOnly(models.Model):
    """A model of this kind sets `objects` from AppendOnlyQuerySet or a child of it."""

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse()
        elif not _erasing.get():
            kwargs["force_insert"] = True  # with a key of its own, Django would try an UPDATE first
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _refuse()
        return super().delete(*args, **kwargs)


_GUARD = """
CREATE OR REPLACE FUNCTION bersenjang_append_only() RETURNS trigger AS $$
BEGIN
  IF current_setting('bersenjang.erasing', true) = 'on' THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$ LANGUAGE plpgsql;
"""


def guard_table(table: str) -> migrations.RunPython:
    """The migration step that gives `table` its PostgreSQL trigger; elsewhere it does nothing."""

    def create(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_GUARD, params=None)
            editor.execute(
                f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION bersenjang_append_only()",
                params=None,
            )

    def drop(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f'DROP TRIGGER append_only ON "{table}"', params=None)

    return migrations.RunPython(create, drop)
