"""Shipped tables; `README.md` beside them says where each comes from and under which licence."""
