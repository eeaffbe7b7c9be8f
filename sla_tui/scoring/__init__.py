"""Lead scoring on real leads: files in, exact scores, what each threshold means, figures out."""
