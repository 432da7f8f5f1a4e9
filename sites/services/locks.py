"""Who waits for whom: whoever gives out the computers of a place, before the sessions at them."""

from sites.models import Site, Workstation


def hold_computers(site: Site) -> None:
    """Wait for whoever is giving out a computer of this place, then make others wait; in key order."""
    list(Workstation.objects.select_for_update(no_key=True).filter(site=site).order_by("pk").values_list("pk"))
