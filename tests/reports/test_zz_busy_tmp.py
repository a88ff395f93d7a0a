import time
import pytest
from support.database import ENGINES
from support.phone_logs import *
from support.builders import make_lead
from support.statements import statements_sent

@ENGINES
@pytest.mark.timeout(300)
async def test_busy(reports, db, engine):
    db.execute(
        "INSERT INTO vicidial_closer_log (closecallid, lead_id, phone_number, call_date, campaign_id, status, user, comments)"
        f" SELECT seq, seq, IF(seq % 3, 7275550000+seq, '{NUMBER}'), '2025-01-01' + INTERVAL seq*7 SECOND, 'SALES','A','VDCL','AUTO' FROM seq_1_to_300000"
    )
    db.execute(
        "INSERT INTO vicidial_log (uniqueid, lead_id, phone_number, call_date)"
        f" SELECT 1736355600+seq, seq % 5000, IF(seq % 3, 7275550000+seq, '{NUMBER}'), '2025-01-01' + INTERVAL seq*7 SECOND FROM seq_1_to_300000"
    )
    db.execute("INSERT INTO vicidial_list (lead_id, phone_number, list_id)"
        f" SELECT seq, '{NUMBER}', 101 FROM seq_1_to_5000")
    for q in ({"type":"IN"},{"type":"IN","detail":"LAST"},{"type":"ALL","limit":1000},{"type":"OUT"},{"type":"OUT","detail":"LAST"}):
        t=time.monotonic(); await ids(reports, **q); print(engine, q, round(time.monotonic()-t,3))
    for k in ("IN","OUT"):
        t=time.monotonic()
        r=await reports.get(url(query=f"?type={k}&format=csv")); n=len((await r.text()).splitlines()); print(engine,"stream",k,n,round(time.monotonic()-t,2))
