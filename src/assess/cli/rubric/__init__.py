"""`assess rubric`: what rubric authors need."""

import typer

from assess.cli.rubric import check, diff, importing, migrate, new, preview, schema, show, test, translate

app = typer.Typer(
    help="Check, test, compare, show, translate and import rubrics.", no_args_is_help=True, rich_markup_mode=None
)
app.command("check")(check.check)
app.command("show")(show.show)
app.command("test")(test.run_personas)
app.command("diff")(diff.diff)
app.command("migrate")(migrate.migrate)
app.command("import")(importing.import_rubric)
app.command("schema")(schema.schema)
app.command("new")(new.new_rubric)
app.command("preview")(preview.preview)
app.command("translate")(translate.translate)
