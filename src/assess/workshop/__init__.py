"""What a team that edits rubrics needs: models of other tools brought in, and rubrics written out."""
