"""The demo's office: letterhead, hours and contacts. The contacts are made up and reach nobody."""

from datetime import time
from decimal import Decimal

from cms.office.models import OfficeHours, OfficeSettings, Signatory, Weekday, WhatsAppLine
from radio_schedule.models import Station

OPENS, CLOSES, CLOSES_FRIDAY = time(7, 30), time(16, 0), time(16, 30)


def load() -> None:
    office = OfficeSettings.load()
    office.address = "Jalan Merdeka (alamat contoh), Sekayu, Musi Banyuasin, Sumatera Selatan"
    office.phone = "0711-555-0100"
    office.email = "layanan@dpmptsp-muba.example"
    office.website = "https://dpmptsp-muba.example"
    office.latitude, office.longitude = Decimal("-2.89000"), Decimal("103.84000")
    for day in Weekday.values[:5]:
        closes = CLOSES_FRIDAY if day == Weekday.FRIDAY else CLOSES
        office.hours.add(OfficeHours(weekday=day, opens=OPENS, closes=closes))
    office.whatsapp_lines.add(WhatsAppLine(label="Layanan umum (nomor contoh)", number="+62 812-0000-0000"))
    office.signatories.add(Signatory(name="Hendra Contoh", position="Kepala Dinas"))
    office.save()
    Station.objects.create(name="Radio Gema Randik", frequency="97 FM", contact="siaran@gemarandik.example")
