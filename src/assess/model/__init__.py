"""The nouns: what rubrics, answers, scores and plans are made of; no file, clock or terminal."""
