"""A constraint that Django lacks on SQLite: two rows of the same key never overlap in time."""

from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.ddl_references import Statement, Table
from django.db.models.constraints import BaseConstraint
from django.db.models.sql import Query

FAR_FUTURE = "9999-12-31"


class NoOverlap(BaseConstraint):
    """Refuse two rows with equal ``same`` fields whose periods overlap, whoever writes them.

    DateTime periods are half-open (10:00–10:30 and 10:30–11:00 are neighbours); Date periods include their last day.
    An empty end means "until further notice". ``condition`` limits the rule to the rows that satisfy it.

    PostgreSQL holds it as an exclusion constraint (needs btree_gist). SQLite holds it as two triggers, written with
    the table's own DDL so that they are made again each time Django rebuilds the table; a trigger made by RunSQL
    disappears silently at the next AddField.
    """

    def __init__(
        self,
        *,
        name: str,
        same: tuple[str, ...],
        start: str,
        end: str,
        condition: models.Q | None = None,
        violation_error_message: str | None = None,
    ) -> None:
        self.same = tuple(same)
        self.start = start
        self.end = end
        self.condition = condition
        super().__init__(name=name, violation_error_message=violation_error_message)

    # --- What the databases hold --------------------------------------------------------------------------------------

    def constraint_sql(self, model: type[models.Model], schema_editor: Any) -> str | None:
        """Return the inline SQL (none on SQLite), and queue what runs after the table exists."""
        if schema_editor.connection.vendor == "postgresql":
            return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._exclusion(model, schema_editor)}"
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(self, model: type[models.Model], schema_editor: Any) -> Statement:
        """Return the statement that adds the constraint to an existing table (PostgreSQL; SQLite rebuilds it)."""
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s %(exclusion)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
            exclusion=self._exclusion(model, schema_editor),
        )

    def remove_sql(self, model: type[models.Model], schema_editor: Any) -> Statement:
        """Return the statement that drops the constraint (PostgreSQL; SQLite rebuilds the table)."""
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def _exclusion(self, model: type[models.Model], schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        keys = [f"{quote(self._column(model, name))} WITH =" for name in self.same]
        start, end = (quote(self._column(model, name)) for name in (self.start, self.end))
        period = f"daterange({start}, {end}, '[]')" if self._by_day(model) else f"tstzrange({start}, {end}, '[)')"
        sql = f"EXCLUDE USING gist ({', '.join([*keys, f'{period} WITH &&'])})"
        return f"{sql} WHERE ({self._condition_sql(model, schema_editor)})" if self.condition else sql

    def _triggers(self, model: type[models.Model], schema_editor: Any) -> list[Statement]:
        return [self._trigger(model, schema_editor, event) for event in ("INSERT", "UPDATE")]

    def _trigger(self, model: type[models.Model], schema_editor: Any, event: str) -> Statement:
        quote = schema_editor.quote_name
        condition = self._condition_sql(model, schema_editor) if self.condition else "1"
        start, end = (self._column(model, name) for name in (self.start, self.end))
        comparison = "<=" if self._by_day(model) else "<"
        clauses = [f"NEW.{quote(column)} = {quote(column)}" for column in (self._column(model, n) for n in self.same)]
        clauses += [
            f"{quote(start)} {comparison} COALESCE(NEW.{quote(end)}, '{FAR_FUTURE}')",
            f"NEW.{quote(start)} {comparison} COALESCE({quote(end)}, '{FAR_FUTURE}')",
            f"({condition})",
        ]
        if event == "UPDATE":
            clauses.append(f"{quote(model._meta.pk.column)} <> OLD.{quote(model._meta.pk.column)}")
        new_row = ", ".join(f"NEW.{quote(f.column)} AS {quote(f.column)}" for f in model._meta.local_concrete_fields)
        return Statement(
            # Names and values come from the model's own definition, never from a request.
            "CREATE TRIGGER %(name)s BEFORE "  # noqa: S608
            + event
            + " ON %(table)s FOR EACH ROW BEGIN "
            "SELECT RAISE(ABORT, %(message)s) "
            "WHERE EXISTS (SELECT 1 FROM (SELECT %(new_row)s) WHERE %(condition)s) "
            "AND EXISTS (SELECT 1 FROM %(table)s WHERE %(overlap)s); END",
            table=Table(model._meta.db_table, quote),
            name=quote(f"{self.name}_{event.lower()}"),
            message=f"'{self.name}'",
            new_row=new_row,
            condition=condition,
            overlap=" AND ".join(clauses),
        )

    def _condition_sql(self, model: type[models.Model], schema_editor: Any) -> str:
        query = Query(model=model, alias_cols=False)
        compiler = query.get_compiler(connection=schema_editor.connection)
        sql, params = query.build_where(self.condition).as_sql(compiler, schema_editor.connection)
        return sql % tuple(schema_editor.quote_value(param) for param in params)

    def _column(self, model: type[models.Model], name: str) -> str:
        return model._meta.get_field(name).column

    def _by_day(self, model: type[models.Model]) -> bool:
        return not isinstance(model._meta.get_field(self.start), models.DateTimeField)

    # --- What forms say before the database has to --------------------------------------------------------------------

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """Raise ValidationError where ``instance`` would overlap a row that exists."""
        if exclude and {*self.same, self.start, self.end} & set(exclude):
            return
        start, end = getattr(instance, self.start), getattr(instance, self.end)
        same = {name: getattr(instance, model._meta.get_field(name).attname) for name in self.same}
        if start is None or None in same.values() or not self._holds_for(model, instance, using):
            return
        if (
            model._default_manager.using(using)
            .filter(self._overlapping(model, start, end), **same)
            .exclude(pk=instance.pk)
            .exists()
        ):
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def _overlapping(self, model: type[models.Model], start: Any, end: Any) -> models.Q:
        strictly = "e" if self._by_day(model) else ""
        found = models.Q(**{f"{self.end}__gt{strictly}": start}) | models.Q(**{f"{self.end}__isnull": True})
        if end is not None:
            found &= models.Q(**{f"{self.start}__lt{strictly}": end})
        return found & self.condition if self.condition else found

    def _holds_for(self, model: Any, instance: Any, using: str) -> bool:
        if not self.condition:
            return True
        try:
            return self.condition.check(instance._get_field_expression_map(meta=model._meta), using=using)
        except FieldError:
            return False

    # --- What migrations compare --------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Return what a migration writes down."""
        path, args, kwargs = super().deconstruct()
        kwargs |= {"same": self.same, "start": self.start, "end": self.end}
        if self.condition:
            kwargs["condition"] = self.condition
        return path, args, kwargs
