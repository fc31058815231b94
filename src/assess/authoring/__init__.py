"""What a team that edits rubrics needs: one package or module per command."""
