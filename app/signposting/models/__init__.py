"""The tables of the directory; docs/signposting.md draws them together and says how they stand to Open Referral UK."""

from app.signposting.models.places import Location, ServiceArea, ServiceAtLocation
from app.signposting.models.searching import NeedGap, SearchWord, ServiceIndex
from app.signposting.models.services import Provider, SavedService, SupportService
from app.signposting.models.vocabulary import ServiceTerm, Taxonomy, TaxonomyTerm, TermSynonym
from app.signposting.models.ways import Schedule, ServiceContact, ServiceLanguage, ServicePhone, ServiceSource

__all__ = [
    "Location",
    "NeedGap",
    "Provider",
    "SavedService",
    "Schedule",
    "SearchWord",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceContact",
    "ServiceIndex",
    "ServiceLanguage",
    "ServicePhone",
    "ServiceSource",
    "ServiceTerm",
    "SupportService",
    "Taxonomy",
    "TaxonomyTerm",
    "TermSynonym",
]
