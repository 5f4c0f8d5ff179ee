"""Every fact that a rule can read, made from the models in `situation` (`python tests/situation_table.py`); a test holds that it is up to date.

So whoever only reads rules loads no models. Of each field: its name, its type, label, question, sources and unit. A type is its kind,
what is special about it, and of a list or group its title and fields.
"""

from typing import Any, Final

# fmt: off
SITUATION_FIELDS: Final[tuple[Any, ...]] = (
    ('gewenst_effect', ('tekst', {}), 'gewenst effect', 'Wat wilt u bereiken? Zeg het in uw eigen woorden.', ('inwoner',), None),
    ('hulpvraag', ('lijst', {}, 'volgorde van wat belangrijk is', (
    )), 'volgorde van wat belangrijk is', 'Wat is voor u het belangrijkst, en wat daarna?', ('inwoner',), None),
    ('persoon', ('groep', {}, 'persoon', (
        ('geboortedatum', ('datum', {}), 'geboortedatum', 'Wat is uw geboortedatum?', ('brp',), None),
        ('verblijf', ('groep', {}, 'verblijf', (
            ('soort', ('keuze', {'options': ('nederlander', 'eu', 'vreemdeling_11_2', 'vreemdeling_11_3', 'procedure', 'zonder')}), 'verblijfsstatus', 'Bent u Nederlander, of wat is uw verblijfsstatus?', ('brp', 'ind'), None),
            ('hangt_af_van_partner', ('ja_nee', {}), 'verblijf hangt af van de partner', 'Hangt uw verblijfsrecht af van uw partner?', ('ind',), None),
        )), 'verblijf', '', ('inwoner',), None),
        ('gemeente', ('tekst', {}), 'gemeente (CBS-code)', 'In welke gemeente woont u?', ('brp',), None),
        ('detentie', ('ja_nee', {}), 'in detentie', 'Zit u vast?', ('gemeente',), None),
        ('detentie_eindigt_op', ('datum', {'geen': True}), 'einde detentie', 'Wanneer komt u vrij?', ('gemeente',), None),
        ('in_inrichting', ('ja_nee', {}), 'verblijft in een inrichting', 'Woont u in een instelling, zoals een kliniek?', ('inwoner',), None),
        ('buitenland', ('groep', {}, 'buitenland', (
            ('dagen_dit_jaar', ('getal', {}), 'dagen in het buitenland dit jaar', 'Hoeveel dagen was u dit jaar in het buitenland?', ('inwoner',), 'dagen'),
            ('langste_periode_dagen', ('getal', {}), 'langste periode in het buitenland', 'Hoeveel dagen achter elkaar was u het langst in het buitenland?', ('inwoner',), 'dagen'),
        )), 'buitenland', '', ('inwoner',), None),
        ('medisch_urenbeperkt', ('ja_nee', {}), 'medisch urenbeperkt', 'Heeft UWV gezegd dat u minder uren kunt werken?', ('uwv',), None),
        ('doelgroep_loonkostensubsidie', ('ja_nee', {}), 'hoort bij de doelgroep loonkostensubsidie', 'Staat u in het doelgroepregister?', ('uwv',), None),
        ('praktijkonderwijs_of_vso_tot', ('datum', {'geen': True}), 'laatst ingeschreven bij praktijkonderwijs of vso', 'Tot wanneer volgde u praktijkonderwijs of vso?', ('duo',), None),
    )), 'persoon', '', ('inwoner',), None),
    ('huishouden', ('groep', {}, 'huishouden', (
        ('soort', ('keuze', {'options': ('alleenstaande', 'alleenstaande_ouder', 'gehuwd')}), 'leefvorm', 'Woont u alleen, met kinderen, of met een partner?', ('brp',), None),
        ('partner', ('groep', {'geen': True}, 'partner', (
            ('geboortedatum', ('datum', {'geen': True}), 'geboortedatum', 'Wat is uw geboortedatum?', ('brp',), None),
            ('verblijf', ('groep', {'geen': True}, 'verblijf', (
                ('soort', ('keuze', {'options': ('nederlander', 'eu', 'vreemdeling_11_2', 'vreemdeling_11_3', 'procedure', 'zonder'), 'geen': True}), 'verblijfsstatus', 'Bent u Nederlander, of wat is uw verblijfsstatus?', ('brp', 'ind'), None),
                ('hangt_af_van_partner', ('ja_nee', {}), 'verblijf hangt af van de partner', 'Hangt uw verblijfsrecht af van uw partner?', ('ind',), None),
            )), 'verblijf', '', ('inwoner',), None),
            ('gemeente', ('tekst', {'geen': True}), 'gemeente (CBS-code)', 'In welke gemeente woont u?', ('brp',), None),
            ('detentie', ('ja_nee', {}), 'in detentie', 'Zit u vast?', ('gemeente',), None),
            ('detentie_eindigt_op', ('datum', {'geen': True}), 'einde detentie', 'Wanneer komt u vrij?', ('gemeente',), None),
            ('in_inrichting', ('ja_nee', {}), 'verblijft in een inrichting', 'Woont u in een instelling, zoals een kliniek?', ('inwoner',), None),
            ('buitenland', ('groep', {'geen': True}, 'buitenland', (
                ('dagen_dit_jaar', ('getal', {'geen': True}), 'dagen in het buitenland dit jaar', 'Hoeveel dagen was u dit jaar in het buitenland?', ('inwoner',), 'dagen'),
                ('langste_periode_dagen', ('getal', {'geen': True}), 'langste periode in het buitenland', 'Hoeveel dagen achter elkaar was u het langst in het buitenland?', ('inwoner',), 'dagen'),
            )), 'buitenland', '', ('inwoner',), None),
            ('medisch_urenbeperkt', ('ja_nee', {}), 'medisch urenbeperkt', 'Heeft UWV gezegd dat u minder uren kunt werken?', ('uwv',), None),
            ('doelgroep_loonkostensubsidie', ('ja_nee', {}), 'hoort bij de doelgroep loonkostensubsidie', 'Staat u in het doelgroepregister?', ('uwv',), None),
            ('praktijkonderwijs_of_vso_tot', ('datum', {'geen': True}), 'laatst ingeschreven bij praktijkonderwijs of vso', 'Tot wanneer volgde u praktijkonderwijs of vso?', ('duo',), None),
            ('inkomsten', ('lijst', {}, 'inkomsten van de partner', (
                ('soort', ('keuze', {'options': ('loon', 'winst', 'ww', 'ziektewet', 'wia', 'wajong', 'bijstand', 'aow', 'pensioen', 'anw', 'alimentatie', 'studiefinanciering', 'kinderbijslag', 'toeslagen', 'vrijwilligersvergoeding', 'verhuur', 'overig')}), 'soort inkomen', 'Wat voor inkomen is dit?', ('uwv',), None),
                ('bedrag', ('geld', {}), 'bedrag netto', 'Hoeveel is dit netto?', ('uwv',), 'euro'),
                ('per', ('keuze', {'options': ('maand', '4_weken', 'week', 'jaar')}), 'per', 'Per maand, per vier weken, per week of per jaar?', ('uwv',), None),
                ('vakantietoeslag', ('keuze', {'options': ('inbegrepen', 'exclusief', 'geen')}), 'vakantietoeslag', 'Zit het vakantiegeld in dit bedrag?', ('uwv',), None),
                ('van', ('datum', {}), 'vanaf', 'Vanaf welke datum krijgt u dit?', ('uwv',), None),
                ('tot', ('datum', {'geen': True}), 'tot en met', 'Tot welke datum krijgt u dit?', ('uwv',), None),
            )), 'inkomsten van de partner', 'Wat verdient uw partner netto?', ('uwv',), None),
        )), 'partner', 'Heeft u een partner?', ('brp',), None),
        ('kinderen', ('lijst', {}, 'kinderen onder de 18', (
            ('geboortedatum', ('datum', {}), 'geboortedatum van het kind', 'Wat is de geboortedatum van uw kind?', ('brp',), None),
            ('thuiswonend', ('ja_nee', {}), 'kind woont thuis', 'Woont uw kind bij u?', ('brp',), None),
            ('ten_laste', ('ja_nee', {}), 'kind komt ten laste', 'Krijgt u kinderbijslag voor dit kind, of zorgt u voor dit kind?', ('svb',), None),
            ('mist_activiteiten', ('ja_nee', {}), 'kind doet door geld niet mee', 'Kan uw kind door geldgebrek niet meedoen met sport, muziek of school?', ('inwoner',), None),
        )), 'kinderen onder de 18', 'Welke kinderen onder de 18 heeft u?', ('brp',), None),
        ('medebewoners', ('lijst', {}, 'medebewoners vanaf 18 jaar', (
            ('geboortedatum', ('datum', {}), 'geboortedatum van de medebewoner', 'Wat is de geboortedatum van uw medebewoner?', ('brp',), None),
            ('relatie', ('keuze', {'options': ('kind', 'ouder', 'broer_zus', 'familie', 'geen_familie')}), 'relatie met de medebewoner', 'Wat is deze medebewoner van u?', ('inwoner',), None),
            ('commerciele_huurder', ('ja_nee', {}), 'huurt tegen een marktprijs met een contract', 'Heeft deze medebewoner een huurcontract met een gewone prijs, met u of met dezelfde verhuurder?', ('inwoner',), None),
            ('studeert', ('ja_nee', {}), 'volgt een opleiding die niet meetelt (art. 19a)', 'Volgt deze medebewoner een opleiding of leerbaan waarvoor studiefinanciering kan bestaan?', ('duo',), None),
        )), 'medebewoners vanaf 18 jaar', 'Wie wonen er nog meer bij u?', ('brp',), None),
        ('partner_overleden_op', ('datum', {'geen': True}), 'datum overlijden partner', 'Is uw partner overleden, en wanneer?', ('brp',), None),
        ('inkomen_gedaald', ('ja_nee', {}), 'inkomen is gedaald', 'Is het inkomen bij u thuis lager dan drie maanden geleden?', ('inwoner',), None),
    )), 'huishouden', '', ('inwoner',), None),
    ('inkomsten', ('lijst', {}, 'inkomsten', (
        ('soort', ('keuze', {'options': ('loon', 'winst', 'ww', 'ziektewet', 'wia', 'wajong', 'bijstand', 'aow', 'pensioen', 'anw', 'alimentatie', 'studiefinanciering', 'kinderbijslag', 'toeslagen', 'vrijwilligersvergoeding', 'verhuur', 'overig')}), 'soort inkomen', 'Wat voor inkomen is dit?', ('uwv',), None),
        ('bedrag', ('geld', {}), 'bedrag netto', 'Hoeveel is dit netto?', ('uwv',), 'euro'),
        ('per', ('keuze', {'options': ('maand', '4_weken', 'week', 'jaar')}), 'per', 'Per maand, per vier weken, per week of per jaar?', ('uwv',), None),
        ('vakantietoeslag', ('keuze', {'options': ('inbegrepen', 'exclusief', 'geen')}), 'vakantietoeslag', 'Zit het vakantiegeld in dit bedrag?', ('uwv',), None),
        ('van', ('datum', {}), 'vanaf', 'Vanaf welke datum krijgt u dit?', ('uwv',), None),
        ('tot', ('datum', {'geen': True}), 'tot en met', 'Tot welke datum krijgt u dit?', ('uwv',), None),
    )), 'inkomsten', 'Wat verdient of krijgt u netto?', ('uwv',), None),
    ('vermogen', ('groep', {}, 'vermogen', (
        ('bezittingen', ('lijst', {}, 'bezittingen', (
            ('soort', ('keuze', {'options': ('bankrekening', 'contant', 'auto', 'eigen_woning', 'beleggingen', 'levensverzekering', 'inboedel', 'overig')}), 'soort bezit', 'Wat voor bezit is dit?', ('inwoner',), None),
            ('waarde', ('geld', {}), 'waarde', 'Hoeveel is dit waard?', ('bank',), 'euro'),
            ('onmisbaar', ('ja_nee', {}), 'nodig voor werk, ziekte of gezin', 'Heeft u dit echt nodig, bijvoorbeeld door ziekte of werk?', ('inwoner',), None),
            ('algemeen_gebruikelijk', ('ja_nee', {}), 'naar aard en waarde algemeen gebruikelijk', 'Is dit iets wat bijna iedereen heeft, van een gewone waarde?', ('oordeel',), None),
            ('bestemd_voor', ('keuze', {'options': ('bijzondere_bijstand', 'smartengeld', 'spaargeld_tijdens_bijstand', 'vrij')}), 'waarvoor dit geld bestemd is', 'Is dit geld ergens voor bestemd?', ('inwoner',), None),
        )), 'bezittingen', 'Wat bezit u: geld op de bank, een auto, een huis?', ('bank', 'rdw'), None),
    )), 'vermogen', '', ('inwoner',), None),
    ('schulden', ('lijst', {}, 'schulden', (
        ('soort', ('keuze', {'options': ('huur', 'hypotheek', 'energie', 'water', 'zorgpremie', 'belasting', 'toeslagen', 'gemeente', 'studie', 'krediet', 'familie', 'boete', 'overig')}), 'soort schuld', 'Wat voor schuld is dit?', ('inwoner',), None),
        ('bedrag', ('geld', {}), 'bedrag van de schuld', 'Hoe hoog is deze schuld?', ('inwoner',), 'euro'),
        ('achterstand_maanden', ('getal', {}), 'maanden achterstand', 'Hoeveel maanden loopt u achter?', ('inwoner',), 'maanden'),
        ('aflossing_verplicht', ('ja_nee', {}), 'moet worden afgelost', 'Moet u deze schuld echt terugbetalen?', ('inwoner',), None),
        ('incasso', ('ja_nee', {}), 'er loopt incasso', 'Is er een incassobureau of deurwaarder bezig?', ('inwoner',), None),
        ('gemeld_als_signaal', ('ja_nee', {}), 'gemeld aan de gemeente', 'Heeft de schuldeiser de achterstand gemeld?', ('gemeente',), None),
    )), 'schulden', 'Welke schulden heeft u?', ('inwoner',), None),
    ('beslag', ('groep', {}, 'beslag', (
        ('loopt', ('ja_nee', {}), 'er loopt beslag op inkomen', 'Is er beslag gelegd op uw inkomen?', ('inwoner',), None),
        ('onder_beslagvrije_voet', ('ja_nee', {}), 'te weinig over door beslag', 'Houdt u door het beslag te weinig over?', ('inwoner',), None),
    )), 'beslag', '', ('inwoner',), None),
    ('wonen', ('groep', {}, 'wonen', (
        ('soort', ('keuze', {'options': ('huur', 'koop', 'inwonend', 'opvang', 'geen')}), 'soort woning', 'Huurt u, heeft u een koopwoning, of woont u in?', ('inwoner',), None),
        ('huur', ('geld', {}), 'huur per maand', 'Hoeveel huur betaalt u per maand?', ('inwoner',), 'euro per maand'),
        ('woonsituatie', ('keuze', {'options': ('zelfstandig', 'kamer', 'bij_anderen', 'opvang', 'dakloos')}), 'woonsituatie', 'Heeft u een eigen woning, een kamer, of slaapt u bij anderen of buiten?', ('inwoner',), None),
        ('woonplaats_hier', ('ja_nee', {}), 'heeft hier woonplaats', 'Woont of verblijft u in deze gemeente?', ('brp',), None),
        ('briefadres', ('ja_nee', {}), 'heeft een briefadres', 'Heeft u een briefadres?', ('brp',), None),
        ('ontruiming_op', ('datum', {'geen': True}), 'datum ontruiming', 'Wanneer moet u uit uw woning?', ('inwoner',), None),
        ('contract_eindigt_op', ('datum', {'geen': True}), 'einde huurcontract', 'Wanneer stopt uw huurcontract?', ('inwoner',), None),
        ('vervolgwoning', ('ja_nee', {}), 'heeft een volgende woning', 'Heeft u daarna een andere woning?', ('inwoner',), None),
        ('afsluiting_op', ('datum', {'geen': True}), 'datum afsluiting gas, licht of water', 'Wordt uw gas, licht of water afgesloten, en wanneer?', ('inwoner',), None),
        ('ernstig_gebrek', ('ja_nee', {}), 'ernstig gebrek aan de woning', 'Is er schimmel, kou of lekkage in uw woning?', ('inwoner',), None),
    )), 'wonen', '', ('inwoner',), None),
    ('werk', ('groep', {}, 'werk', (
        ('soort', ('keuze', {'options': ('loondienst', 'zelfstandige', 'geen')}), 'werk', 'Wat voor werk heeft u?', ('uwv',), None),
        ('zelfstandige', ('ja_nee', {}), 'is zelfstandige', 'Heeft u een eigen bedrijf?', ('inwoner',), None),
        ('omzet_weggevallen', ('ja_nee', {}), 'omzet is weggevallen', 'Verdient uw bedrijf te weinig om van te leven?', ('inwoner',), None),
    )), 'werk', '', ('inwoner',), None),
    ('opleiding', ('groep', {}, 'opleiding', (
        ('volgt', ('ja_nee', {}), 'volgt een opleiding', 'Volgt u een opleiding?', ('duo',), None),
        ('soort', ('keuze', {'options': ('geen', 'voortgezet', 'mbo_bol', 'mbo_bbl', 'hbo', 'wo', 'overig')}), 'soort opleiding', 'Welke opleiding volgt u?', ('duo',), None),
        ('kan_volgen', ('ja_nee', {}), 'kan onderwijs volgen dat het Rijk betaalt', 'Kunt u een opleiding volgen die het Rijk betaalt?', ('oordeel',), None),
        ('recht_op_studiefinanciering', ('ja_nee', {}), 'kan studiefinanciering krijgen', 'Kunt u studiefinanciering krijgen?', ('duo',), None),
        ('afgerond_op', ('datum', {'geen': True}), 'datum van afronden', 'Wanneer heeft u uw laatste opleiding afgerond?', ('duo',), None),
        ('gestopt_op', ('datum', {'geen': True}), 'datum van stoppen', 'Wanneer bent u met uw opleiding gestopt?', ('duo',), None),
        ('startkwalificatie', ('ja_nee', {}), 'heeft een startkwalificatie', 'Heeft u een diploma havo, vwo of mbo 2 of hoger?', ('duo',), None),
        ('opgelegd_door_gemeente', ('ja_nee', {}), 'opleiding is door de gemeente opgelegd', 'Volgt u deze opleiding omdat de gemeente dat vroeg?', ('gemeente',), None),
    )), 'opleiding', '', ('inwoner',), None),
    ('gezondheid', ('groep', {}, 'gezondheid', (
        ('beperkingen', ('lijst', {}, 'beperkingen', (
            ('soort', ('keuze', {'options': ('lopen', 'zien', 'horen', 'bewegen', 'denken_en_leren', 'psychisch', 'overig')}), 'soort beperking', 'Waar heeft u moeite mee?', ('inwoner',), None),
            ('sinds', ('datum', {}), 'sinds', 'Sinds wanneer?', ('inwoner',), None),
            ('langdurig', ('ja_nee', {}), 'langdurig', 'Duurt dit langer dan een half jaar?', ('adviseur',), None),
            ('loopafstand_m', ('getal', {}), 'loopafstand met hulpmiddel', 'Hoeveel meter kunt u achter elkaar lopen, met uw hulpmiddel?', ('adviseur',), 'meter'),
        )), 'beperkingen', 'Welke beperkingen heeft u?', ('inwoner',), None),
        ('chronisch_ziek', ('ja_nee', {}), 'chronisch ziek', 'Heeft u een ziekte die niet overgaat?', ('inwoner',), None),
        ('zwanger', ('ja_nee', {}), 'zwanger', 'Bent u zwanger? U hoeft dit niet te zeggen.', ('inwoner',), None),
        ('mijdt_zorg_om_geld', ('ja_nee', {}), 'gaat door geld niet naar de dokter', 'Gaat u door de kosten niet naar dokter of apotheek?', ('inwoner',), None),
        ('zorgverzekering_opgezegd', ('ja_nee', {}), 'zorgverzekering wordt opgezegd', 'Wordt uw zorgverzekering opgezegd?', ('inwoner',), None),
    )), 'gezondheid', '', ('inwoner',), None),
    ('zorg', ('groep', {}, 'zorg', (
        ('geeft_mantelzorg', ('ja_nee', {}), 'geeft mantelzorg', 'Zorgt u voor een familielid of vriend?', ('inwoner',), None),
        ('ontvangt_mantelzorg', ('ja_nee', {}), 'krijgt mantelzorg', 'Zorgt een familielid of vriend voor u?', ('inwoner',), None),
        ('mantelzorger_overbelast', ('ja_nee', {}), 'mantelzorger is overbelast', 'Is de zorg te zwaar voor u of uw mantelzorger?', ('inwoner',), None),
        ('mantelzorg_elders', ('ja_nee', {}), 'woont tijdelijk elders om mantelzorg te geven', 'Woont u tijdelijk ergens anders om voor iemand te zorgen?', ('inwoner',), None),
        ('dagelijkse_zorg', ('ja_nee', {}), 'heeft elke dag zorg nodig', 'Heeft u elke dag hulp of zorg nodig?', ('inwoner',), None),
        ('toezicht_24_uur', ('ja_nee', {}), 'heeft dag en nacht toezicht nodig', 'Moet er dag en nacht iemand in de buurt zijn?', ('adviseur',), None),
        ('indicatie_wlz', ('ja_nee', {}), 'heeft een Wlz-indicatie', 'Heeft u een indicatie voor langdurige zorg?', ('adviseur',), None),
        ('indicatie_tot', ('datum', {'geen': True}), 'einde van de indicatie', 'Tot wanneer loopt uw huidige hulp?', ('gemeente',), None),
        ('herbeoordeling_op', ('datum', {'geen': True}), 'datum herbeoordeling', 'Is er al een gesprek gepland over nieuwe hulp?', ('gemeente',), None),
    )), 'zorg', '', ('inwoner',), None),
    ('veiligheid', ('groep', {}, 'veiligheid', (
        ('geweld_thuis', ('ja_nee', {}), 'geweld of dreiging thuis', 'Is er thuis geweld of dreiging? U hoeft dit niet te zeggen.', ('inwoner',), None),
        ('kind_onveilig', ('ja_nee', {}), 'een kind is niet veilig', 'Is er een kind dat niet veilig is?', ('inwoner',), None),
        ('veilige_slaapplek', ('ja_nee', {}), 'kan vannacht veilig slapen', 'Kunt u vannacht veilig slapen?', ('inwoner',), None),
        ('gevaar_zelf_of_ander', ('ja_nee', {}), 'gevaar voor uzelf of een ander', 'Bent u bang dat u uzelf of een ander iets aandoet?', ('inwoner',), None),
    )), 'veiligheid', '', ('inwoner',), None),
    ('communicatie', ('groep', {}, 'communicatie', (
        ('taal_beperkt', ('ja_nee', {}), 'heeft moeite met Nederlands', 'Vindt u het moeilijk om Nederlands te lezen of te spreken?', ('inwoner',), None),
        ('digid', ('ja_nee', {}), 'kan met DigiD aanvragen', 'Kunt u zelf met DigiD iets aanvragen?', ('inwoner',), None),
    )), 'communicatie', '', ('inwoner',), None),
    ('eerder', ('groep', {}, 'eerder', (
        ('voorzieningen', ('lijst', {}, 'eerder toegekend', (
            ('regelset', ('tekst', {}), 'regeling', 'Welke regeling kreeg u?', ('gemeente',), None),
            ('toegekend_op', ('datum', {}), 'toegekend op', 'Wanneer is die toegekend?', ('gemeente',), None),
            ('gestopt_op', ('datum', {'geen': True}), 'gestopt op', 'Is die gestopt, en wanneer?', ('gemeente',), None),
            ('hielp', ('ja_nee', {}), 'hielp volgens de inwoner', 'Hielp dat?', ('inwoner',), None),
            ('woorden', ('tekst', {}), 'waarom het stopte, in eigen woorden', 'Waarom stopte het?', ('inwoner',), None),
        )), 'eerder toegekend', 'Welke hulp of toeslag kreeg u al?', ('gemeente',), None),
        ('afwijzingen', ('lijst', {}, 'eerder afgewezen', (
            ('regelset', ('tekst', {}), 'regeling', 'Welke regeling is afgewezen?', ('gemeente',), None),
            ('criterium', ('tekst', {}), 'afgewezen op', 'Op welke voorwaarde?', ('gemeente',), None),
            ('op', ('datum', {}), 'afgewezen op datum', 'Wanneer is dat afgewezen?', ('gemeente',), None),
            ('laatste_dag', ('datum', {}), 'laatste dag voor bezwaar of beroep', 'Tot welke dag kan bezwaar of beroep tegen dat besluit?', ('gemeente',), None),
            ('reden_te_laat', ('ja_nee', {}), 'noemt een reden voor te laat', 'Was er een reden dat bezwaar of beroep niet op tijd lukte?', ('inwoner',), None),
        )), 'eerder afgewezen', 'Wat is eerder afgewezen?', ('gemeente',), None),
        ('schuldhulp', ('keuze', {'options': ('geen', 'aangevraagd', 'loopt', 'afgerond', 'afgebroken')}), 'schuldhulp', 'Heeft u hulp bij schulden, of gehad?', ('gemeente',), None),
    )), 'eerder', '', ('inwoner',), None),
    ('aanvraag', ('groep', {}, 'aanvraag', (
        ('gemeld_op', ('datum', {}), 'datum melding', 'Wanneer heeft u zich gemeld?', ('gemeente',), None),
        ('ontvangen_op', ('datum', {}), 'datum aanvraag', 'Wanneer is de aanvraag binnengekomen?', ('gemeente',), None),
        ('voor', ('keuze', {'options': ('zelf', 'kind', 'partner', 'vertegenwoordigde')}), 'voor wie', 'Voor wie vraagt u dit aan?', ('inwoner',), None),
        ('beslissen_uiterlijk', ('datum', {}), 'laatste dag om te beslissen', 'Tot welke dag kan de gemeente beslissen?', ('gemeente',), None),
        ('bewijs_al_gegeven', ('ja_nee', {}), 'gevraagd bewijs is al gegeven', 'Gaf u dit bewijs al eerder aan de gemeente?', ('inwoner',), None),
        ('gevraagd', ('groep', {}, 'gevraagd', (
            ('soort', ('tekst', {}), 'wat wordt gevraagd', 'Wat vraagt u aan?', ('inwoner',), None),
            ('kosten', ('geld', {}), 'kosten', 'Hoeveel kost het?', ('inwoner',), 'euro'),
            ('betaald_op', ('datum', {'geen': True}), 'al betaald op', 'Heeft u het al betaald, en wanneer?', ('inwoner',), None),
        )), 'gevraagd', '', ('inwoner',), None),
    )), 'aanvraag', '', ('inwoner',), None),
    ('behoeften', ('lijst', {}, 'behoeften', (
        ('leefgebied', ('keuze', {'options': ('financien', 'werk', 'opleiding', 'wonen', 'gezin', 'geestelijke_gezondheid', 'lichamelijke_gezondheid', 'middelengebruik', 'dagelijks_leven', 'zorg', 'netwerk', 'meedoen', 'justitie', 'opgroeien')}), 'leefgebied', 'Waar gaat dit over?', ('inwoner',), None),
        ('ernst', ('getal', {}), 'ernst van 1 (licht) tot 5 (acuut)', 'Hoe erg is het, van 1 tot 5?', ('inwoner',), None),
        ('woorden', ('tekst', {}), 'in eigen woorden', 'Hoe zegt u het zelf?', ('inwoner',), None),
        ('gedeeld', ('ja_nee', {}), 'anderen hebben dit ook', 'Hebben mensen om u heen dit ook, zoals uw buren?', ('inwoner',), None),
    )), 'behoeften', 'Wat heeft u nodig?', ('inwoner',), None),
    ('krachten', ('lijst', {}, 'krachten', (
        ('leefgebied', ('keuze', {'options': ('financien', 'werk', 'opleiding', 'wonen', 'gezin', 'geestelijke_gezondheid', 'lichamelijke_gezondheid', 'middelengebruik', 'dagelijks_leven', 'zorg', 'netwerk', 'meedoen', 'justitie', 'opgroeien')}), 'leefgebied', 'Waar gaat dit over?', ('inwoner',), None),
        ('woorden', ('tekst', {}), 'in eigen woorden', 'Waar bent u goed in, of wat gaat goed?', ('inwoner',), None),
    )), 'krachten', 'Wat gaat goed?', ('inwoner',), None),
    ('netwerk', ('lijst', {}, 'netwerk', (
        ('wie', ('tekst', {}), 'wie', 'Wie is dit?', ('inwoner',), None),
        ('leefgebied', ('keuze', {'options': ('financien', 'werk', 'opleiding', 'wonen', 'gezin', 'geestelijke_gezondheid', 'lichamelijke_gezondheid', 'middelengebruik', 'dagelijks_leven', 'zorg', 'netwerk', 'meedoen', 'justitie', 'opgroeien')}), 'leefgebied', 'Waarmee kan deze persoon helpen?', ('inwoner',), None),
        ('kan', ('tekst', {}), 'wat deze persoon kan doen', 'Wat kan deze persoon doen?', ('inwoner',), None),
    )), 'netwerk', 'Wie kunnen u helpen?', ('inwoner',), None),
    ('omstandigheden', ('lijst', {}, 'omstandigheden', (
        ('soort', ('keuze', {'options': ('acute_nood', 'belang_van_kind', 'brand_of_ramp', 'buiten_eigen_schuld', 'chronisch_ziek', 'detentie_achter_de_rug', 'dreigende_dakloosheid', 'fout_van_overheid', 'geen_steun_ouders', 'geen_uitzicht_op_inkomen', 'geen_vaste_woonplek', 'geweld_thuis', 'kleine_overschrijding', 'mantelzorg', 'onverwachte_kosten', 'opleiding_opgelegd_door_gemeente', 'overlijden_naaste', 'problematische_schulden', 'psychische_nood', 'scheiding', 'sterfbed_naaste', 'studieuitval', 'taal', 'toezegging', 'verslaving_in_behandeling', 'verlies_van_werk', 'vlucht', 'zwanger', 'overig')}), 'soort omstandigheid', 'Waar gaat dit over?', ('inwoner',), None),
        ('woorden', ('tekst', {}), 'in eigen woorden', 'Wat wilt u dat wij weten?', ('inwoner',), None),
        ('bewijs', ('lijst', {}, 'bewijs', (
        )), 'bewijs', 'Welke papieren horen hierbij?', ('inwoner',), None),
    )), 'omstandigheden', 'Wat moeten wij over uw situatie weten?', ('inwoner',), None),
    ('plan', ('groep', {}, 'plan', (
        ('auteur', ('keuze', {'options': ('inwoner', 'netwerk', 'professional')}), 'wie het plan schreef', 'Wie schreef het plan?', ('inwoner',), None),
        ('doelen', ('lijst', {}, 'doelen', (
            ('leefgebied', ('keuze', {'options': ('financien', 'werk', 'opleiding', 'wonen', 'gezin', 'geestelijke_gezondheid', 'lichamelijke_gezondheid', 'middelengebruik', 'dagelijks_leven', 'zorg', 'netwerk', 'meedoen', 'justitie', 'opgroeien')}), 'leefgebied', 'Waar gaat dit over?', ('inwoner',), None),
            ('woorden', ('tekst', {}), 'in eigen woorden', 'Wat wilt u bereiken?', ('inwoner',), None),
        )), 'doelen', 'Wat staat er in het plan?', ('inwoner',), None),
    )), 'plan', '', ('inwoner',), None),
    ('toezeggingen', ('lijst', {}, 'toezeggingen', (
        ('wie', ('tekst', {}), 'wie iets beloofde', 'Wie beloofde u iets?', ('inwoner',), None),
        ('wat', ('tekst', {}), 'wat is beloofd', 'Wat is beloofd?', ('inwoner',), None),
        ('uiterlijk', ('datum', {'geen': True}), 'uiterlijk op', 'Wanneer zou het gebeuren?', ('inwoner',), None),
        ('gedaan', ('ja_nee', {}), 'nagekomen', 'Is dat gebeurd?', ('gemeente',), None),
    )), 'toezeggingen', 'Wat is u beloofd?', ('inwoner',), None),
)
