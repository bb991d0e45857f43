"""Words with a capital that follow a role and are no name.

After "nurse" or "patient" they make a job, a team, a thing of the trade, or the beginning of another sentence.
"""

from app.moderation.screening.detection.vocabulary import words

NOT_NAMES = words(
    """
    a about academy access accident act action activity administration admission advice adviser advisor advocacy
    advocate after afternoon agency aid all alliance also always am ambulance an anaesthetist analyst and anxiety any
    appointment appointments april are area as assessment assistant associate at august award awards band bank because
    bed before board british bulletin bureau but by calendar call camp can care carer carers centre chair champion
    charity charter chief christmas clinic clinical college commission committee community conference confidentiality
    consultant consultation contact coordinator council counsellor count course crisis critical dashboard data day
    december demand dental department deputy dermatologist development did dignity director discharge district do
    doctor doctors does each easter education educator emergency employment engagement england entry even every
    everyone exam executive experience facilitator faculty family february feedback flow for forum foundation friday
    friends from gastroenterologist general geriatrician group groups guardian guidance guide gynaecologist had
    haematologist handbook handover has have he head health healthcare helpline her his home hospital however hub
    human i identification if impact in incident independent induction information initiative inpatient institute
    intensive involvement is it its january july june just knowledge knows lead leader leaders leadership league
    learning led level liaison line link list london lounge made management manager managers march matters may me
    medical meeting mental midwife midwifery midwives ministry monday more most movement ms my navigator neonatal
    network neurologist never new newsletter nhs no not note notes november now nurse nurses nursing obstetrician
    occupational october of office officer ombudsman on oncologist one only ophthalmologist or organisation
    orthopaedic our outcomes outpatient over paediatric paediatrician panel participation partner partners partnership
    partnerships pass passport pathologist pathway people perspective pharmacist physician physicist physiotherapist
    pioneer plan platform podiatrist policy pool portal practice practitioner press programme project psychiatrist
    psychologist public quality radiographer radiologist ready record records referral registered registrar
    registration reported research respiratory response review rheumatologist rights role room rota round royal rules
    safeguarding safety said satisfaction saturday says scheme school scotland section senior september service
    services she shift shortage should sister social specialist staff standards station strategy student students
    suite summary sunday supervisor support surgeon survey system systems team teams that the their then therapist
    there they this thursday time to told toolkit tracker training transfer transformation transport trust trusts
    tuesday tutor uk union unit university unless up urologist user users voice voices volunteer wales want wants ward
    wards was watch we wednesday week wellbeing were what when where whether which while who will with within work
    worker workers workforce working would yes yesterday you your zero
    """
)
