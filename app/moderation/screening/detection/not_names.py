"""Words with a capital that follow a role and are no name.

After "nurse" or "patient" they make a job, a team, a thing of the trade, or the beginning of another sentence.
"""

from app.moderation.screening.detection.vocabulary import words

NOT_NAMES = words(
    """
    nobody somebody everybody anybody evil
    a about academy access accident act action activation activity administration admission advice adviser advisor
    advocacy advocate after afternoon agency aid alert all alliance also always am ambulance an anaesthetist analyst
    and anxiety any appointment appointments april are area as asked assessment assistant associate at august award
    awards awareness band bank because bed before board book british bulletin bureau but by cafe calendar call came
    camp can capacity care carer carers centre centred chair champion charity charter checklist chief choice christmas
    clinic clinical college commission committee comms community conduct conference confidentiality congress connect
    connection consultant consultation contact continuity conversation coordinator council counsellor count course
    crisis critical dashboard data day december decision delivery demand dental department deputy dermatologist design
    desk development diary did digest dignity direction director discharge district do doctor doctors does drop-in
    each easter ed education educator emergency employment ending engagement england entry escalation ethics even
    event events every everyone exam excellence exchange executive experience facilitator faculty family fatigue
    february feedback fell festival files first floor flow focus for form forms forum foundation free friday friends
    from fund gastroenterologist general geriatrician gp green group groups growth guardian guidance guide
    gynaecologist had haematologist handbook handling handover happy has have he head health healthcare help helpdesk
    helpline her his home hospital hotel however hr hub human i icb icu identification if impact improvement in
    incident inclusion independent induction information initiative initiatives innovation inpatient inquiry insight
    inspection institute intake intensive interest interface international interview involvement is issue it its
    january job jobs journal journey july june just key kit knowledge knows lab language law lead leader leaders
    leadership league learning leave led legal legislation letter level liaison library life line link list living
    local locum london long lounge low made mail major management manager managers many map march mask master
    materials maternity matters may me media medical meeting member membership memo mental midwife midwifery midwives
    ministry mission model module monday monitor monthly more morning most motto movement moving ms multi my navigator
    needs neonatal network neurologist never new news newsletter nhs night no north not note notes notice november now
    number numbers nurse nurses nursing observation obstetrician occupational october of office officer ombudsman
    ombudsmen on oncologist one online only open operations ophthalmologist opinion opportunities option or order
    organisation orthopaedic other others our outcomes outpatient outreach over pack paediatric paediatrician panel
    paper parent parents parking part participation partner partners partnership partnerships pass passport
    pathologist pathway pay peer people perspective pharmacist physician physicist physiotherapist pilot pioneer plan
    platform please podiatrist policies policy pool portal post posts power practice practitioner prescriber
    prescribing presence press primary principal principles priority private procedure process professional professor
    profile programme programmes progress project promise protocol provider providers psychiatrist psychologist public
    quality question questions quiz radiographer radiologist ran rapid rate readers ready recognition record records
    recovery recruitment referral reflection refreshments region regional register registered registrar registration
    relations relationship relationships release relief reported representative representatives request requests
    research resilience resource resources respect respiratory response responsibilities results retention retired
    review reviewer reviews rheumatologist right rights risk risks roadshow role roles room rota round royal rules
    safeguarding safety said same sat satisfaction saturday says scale scenario scheme school score scotland second
    secondary secretary section security see self senior september series service services set shared she shift shifts
    shortage should side simulation sister site sites skills so social society solutions some south speak special
    specialist specialists spring staff stage stand standard standards start station steering step steps stories story
    strategy structure student students study style subject success suite summary sunday supervisor support surgeon
    surgery survey system systems talk task teaching team teams technology template ten terms text thank thanks that
    the theatre their theme then therapist there they think this through thursday time tips to today told tonight too
    tool toolkit tools top total track tracker trainee trainer training transfer transformation transport treatment
    trial trust trusts tuesday tutor two type uk under union unit university unless up update updates urologist use
    user users values version very view views virtual vision visit visitor visitors visits voice voices volunteer
    waiting wales want wants ward wards was watch we website wednesday week welcome wellbeing were what when where
    whether which while who will winter with within word words work workbook worker workers workforce working
    workplace workshop workshops would year years yes yesterday you young your zero
    """
)
