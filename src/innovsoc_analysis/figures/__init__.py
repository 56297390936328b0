"""Figures in one house style; they draw tables and know nothing else."""
