using System.Collections.Frozen;
using System.Text;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Countries as people write them into registers: the codes of ISO 3166 in two letters, three letters and digits, and the names in English and Swedish. What
/// stands in neither list is not understood, since "unknown" is no country and a slip of the pen is not abroad.
/// </summary>
internal static class Countries
{
    private const int Longest = 64;

    /// <summary>Codes of two letters are codes in capitals alone: "No" is an answer, and "is" a word.</summary>
    private const int CodeLength = 2;

    private static readonly FrozenSet<string> Home = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "SE", "SWE", "SVE", "S", "752", "Sverige", "Sweden", "Konungariket Sverige", "Kingdom of Sweden");

    /// <summary>
    /// Some are without their two letters: "NA" is written for "not available" too, "SV" for the language, "BD" for Norrbotten, "CO" for care of, "BO" and "TV" as
    /// words.
    /// </summary>
    private static readonly FrozenSet<string> Others = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, Listed.Split('|', '/'));

    /// <summary>Whether the text names Sweden (true) or another country (false); null when nobody can tell.</summary>
    public static bool? IsSweden(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[Longest];
        if (utf8.Length > Longest)
        {
            return null;
        }

        var country = WithoutCode(text[..Encoding.UTF8.GetChars(utf8, text)]);
        return Home.GetAlternateLookup<ReadOnlySpan<char>>().Contains(country) ? true
            : country.Length == CodeLength && !(char.IsAsciiLetterUpper(country[0]) && char.IsAsciiLetterUpper(country[1])) ? null
            : Others.GetAlternateLookup<ReadOnlySpan<char>>().Contains(country) ? false
            : null;
    }

    /// <summary>A code in brackets behind the name, as in "Sverige (SE)", says the same once more.</summary>
    private static ReadOnlySpan<char> WithoutCode(ReadOnlySpan<char> text)
    {
        var bracket = text.IndexOf('(');
        return (bracket > 0 ? text[..bracket] : text).Trim(" \t\u00A0.,");
    }

    private const string Listed =
        "AD/AND/020/Andorra|AE/ARE/784/United Arab Emirates/Förenade Arabemiraten/UAE|AF/AFG/004/Afghanistan|AG/ATG/028/Antigua and Barbuda/Antigua och Barbuda|AI/AIA/660/Anguilla|" +
        "AL/ALB/008/Albania/Albanien|AM/ARM/051/Armenia/Armenien|AO/AGO/024/Angola|AQ/ATA/010/Antarctica/Antarktis|AR/ARG/032/Argentina|AS/ASM/016/American Samoa/Amerikanska Samoa|" +
        "AT/AUT/040/Austria/Österrike|AU/AUS/036/Australia/Australien|AW/ABW/533/Aruba|AX/ALA/248/Åland Islands/Åland/Aland/Aland Islands|AZ/AZE/031/Azerbaijan/Azerbajdzjan|" +
        "BA/BIH/070/Bosnia and Herzegovina/Bosnien-Hercegovina/Bosnien/Bosnia/Bosnien och Hercegovina|BB/BRB/052/Barbados|BGD/050/Bangladesh|BE/BEL/056/Belgium/Belgien|" +
        "BF/BFA/854/Burkina Faso|BG/BGR/100/Bulgaria/Bulgarien|BH/BHR/048/Bahrain|BI/BDI/108/Burundi|BJ/BEN/204/Benin|BL/BLM/652/Saint Barthélemy/Saint-Barthélemy|BM/BMU/060/Bermuda|" +
        "BN/BRN/096/Brunei Darussalam/Brunei|BOL/068/Bolivia/Bolivia, Plurinational State of/Bolivia, Mångnationella staten|" +
        "BQ/BES/535/Bonaire, Sint Eustatius and Saba/Bonaire, Sint Eustatius och Saba/Bonaire|BR/BRA/076/Brazil/Brasilien|BS/BHS/044/Bahamas|BT/BTN/064/Bhutan|" +
        "BV/BVT/074/Bouvet Island/Bouvetön|BW/BWA/072/Botswana|BY/BLR/112/Belarus/Vitryssland|BZ/BLZ/084/Belize|CA/CAN/124/Canada/Kanada|CC/CCK/166/Cocos/Kokosöarna/Cocos Islands|" +
        "CD/COD/180/Congo, The Democratic Republic of the/Kongo, demokratiska republiken/Kongo-Kinshasa/DR Kongo/DR Congo/Demokratiska republiken Kongo/Democratic Republic of the Congo|" +
        "CF/CAF/140/Central African Republic/Centralafrikanska republiken|CG/COG/178/Congo/Kongo/Kongo-Brazzaville/Republiken Kongo|CH/CHE/756/Switzerland/Schweiz|" +
        "CI/CIV/384/Côte d'Ivoire/Elfenbenskusten/Ivory Coast|CK/COK/184/Cook Islands/Cooköarna|CL/CHL/152/Chile|CM/CMR/120/Cameroon/Kamerun|CN/CHN/156/China/Kina|COL/170/Colombia|" +
        "CR/CRI/188/Costa Rica|CU/CUB/192/Cuba/Kuba|CV/CPV/132/Cabo Verde/Kap Verde/Cape Verde|CW/CUW/531/Curaçao|CX/CXR/162/Christmas Island/Julön|CY/CYP/196/Cyprus/Cypern|" +
        "CZ/CZE/203/Czechia/Tjeckien/Czech Republic/Tjeckiska republiken|DE/DEU/276/Germany/Tyskland/Deutschland|DJ/DJI/262/Djibouti|DK/DNK/208/Denmark/Danmark/Kongeriget Danmark|" +
        "DM/DMA/212/Dominica|DO/DOM/214/Dominican Republic/Dominikanska republiken|DZ/DZA/012/Algeria/Algeriet|EC/ECU/218/Ecuador|EE/EST/233/Estonia/Estland|EG/EGY/818/Egypt/Egypten|" +
        "EH/ESH/732/Western Sahara/Västsahara|ER/ERI/232/Eritrea|ES/ESP/724/Spain/Spanien|ET/ETH/231/Ethiopia/Etiopien|FI/FIN/246/Finland/Suomi|FJ/FJI/242/Fiji|" +
        "FK/FLK/238/Falkland Islands/Falklandsöarna|FM/FSM/583/Micronesia, Federated States of/Mikronesien, federala staterna/Micronesia/Mikronesien|FO/FRO/234/Faroe Islands/Färöarna|" +
        "FR/FRA/250/France/Frankrike|GA/GAB/266/Gabon|" +
        "GB/GBR/826/United Kingdom/Förenade kungariket/UK/Great Britain/Storbritannien/England/Skottland/Scotland/Wales/Nordirland/Northern Ireland|GD/GRD/308/Grenada|" +
        "GE/GEO/268/Georgia/Georgien|GF/GUF/254/French Guiana/Franska Guyana|GG/GGY/831/Guernsey|GH/GHA/288/Ghana|GI/GIB/292/Gibraltar|GL/GRL/304/Greenland/Grönland|" +
        "GM/GMB/270/Gambia/The Gambia|GN/GIN/324/Guinea|GP/GLP/312/Guadeloupe|GQ/GNQ/226/Equatorial Guinea/Ekvatorialguinea|GR/GRC/300/Greece/Grekland|" +
        "GS/SGS/239/South Georgia and the South Sandwich Islands/Sydgeorgien och södra Sandwichöarna|GT/GTM/320/Guatemala|GU/GUM/316/Guam|GW/GNB/624/Guinea-Bissau|GY/GUY/328/Guyana|" +
        "HK/HKG/344/Hong Kong/Hongkong|HM/HMD/334/Heard Island and McDonald Islands/Heardön och McDonaldöarna|HN/HND/340/Honduras|HR/HRV/191/Croatia/Kroatien|HT/HTI/332/Haiti|" +
        "HU/HUN/348/Hungary/Ungern|ID/IDN/360/Indonesia/Indonesien|IE/IRL/372/Ireland/Irland/Republic of Ireland/Republiken Irland|IL/ISR/376/Israel|IM/IMN/833/Isle of Man|" +
        "IN/IND/356/India/Indien|IO/IOT/086/British Indian Ocean Territory/Brittiskt territorium i Indiska Oceanen|IQ/IRQ/368/Iraq/Irak|" +
        "IR/IRN/364/Iran/Iran, Islamic Republic of/Iran, islamiska republiken|IS/ISL/352/Iceland/Island|IT/ITA/380/Italy/Italien|JE/JEY/832/Jersey|JM/JAM/388/Jamaica|" +
        "JO/JOR/400/Jordan/Jordanien|JP/JPN/392/Japan|KE/KEN/404/Kenya|KG/KGZ/417/Kyrgyzstan/Kirgizistan|KH/KHM/116/Cambodia/Kambodja|KI/KIR/296/Kiribati|KM/COM/174/Comoros/Comorerna|" +
        "KN/KNA/659/Saint Kitts and Nevis/Sankt Kitts och Nevis|KP/PRK/408/North Korea/Korea, Democratic People's Republic of/Nordkorea/Korea, demokratiska folkrepubliken|" +
        "KR/KOR/410/South Korea/Korea, Republic of/Sydkorea/Korea, syd/Republiken Korea|KW/KWT/414/Kuwait|KY/CYM/136/Cayman Islands/Caymanöarna|KZ/KAZ/398/Kazakhstan/Kazakstan|" +
        "LA/LAO/418/Laos/Lao People's Democratic Republic/Demokratiska folkrepubliken Lao|LB/LBN/422/Lebanon/Libanon|LC/LCA/662/Saint Lucia/Sankt Lucia|LI/LIE/438/Liechtenstein|" +
        "LK/LKA/144/Sri Lanka|LR/LBR/430/Liberia|LS/LSO/426/Lesotho|LT/LTU/440/Lithuania/Litauen|LU/LUX/442/Luxembourg/Luxemburg|LV/LVA/428/Latvia/Lettland|LY/LBY/434/Libya/Libyen|" +
        "MA/MAR/504/Morocco/Marocko|MC/MCO/492/Monaco|MD/MDA/498/Moldova/Moldova, Republic of/Moldavien/Moldavien, republiken|ME/MNE/499/Montenegro|MF/MAF/663/Saint Martin|" +
        "MG/MDG/450/Madagascar/Madagaskar|MH/MHL/584/Marshall Islands/Marshallöarna|MK/MKD/807/North Macedonia/Nordmakedonien/Macedonia/Makedonien|ML/MLI/466/Mali|" +
        "MM/MMR/104/Myanmar/Burma|MN/MNG/496/Mongolia/Mongoliet|MO/MAC/446/Macao/Macau|MP/MNP/580/Northern Mariana Islands/Nordmarianerna|MQ/MTQ/474/Martinique|" +
        "MR/MRT/478/Mauritania/Mauretanien|MS/MSR/500/Montserrat|MT/MLT/470/Malta|MU/MUS/480/Mauritius|MV/MDV/462/Maldives/Maldiverna|MW/MWI/454/Malawi|MX/MEX/484/Mexico/Mexiko|" +
        "MY/MYS/458/Malaysia|MZ/MOZ/508/Mozambique/Moçambique|NAM/516/Namibia|NC/NCL/540/New Caledonia/Nya Kaledonien|NE/NER/562/Niger|NF/NFK/574/Norfolk Island/Norfolköarna|" +
        "NG/NGA/566/Nigeria|NI/NIC/558/Nicaragua|NL/NLD/528/Netherlands/Nederländerna/Holland/The Netherlands|NO/NOR/578/Norway/Norge/Noreg|NP/NPL/524/Nepal|NR/NRU/520/Nauru|" +
        "NU/NIU/570/Niue|NZ/NZL/554/New Zealand/Nya Zeeland|OM/OMN/512/Oman|PA/PAN/591/Panama|PE/PER/604/Peru|PF/PYF/258/French Polynesia/Franska Polynesien|" +
        "PG/PNG/598/Papua New Guinea/Papua Nya Guinea|PH/PHL/608/Philippines/Filippinerna|PK/PAK/586/Pakistan|PL/POL/616/Poland/Polen|" +
        "PM/SPM/666/Saint Pierre and Miquelon/Sankt Pierre och Miquelon|PN/PCN/612/Pitcairn|PR/PRI/630/Puerto Rico|PS/PSE/275/Palestine, State of/Staten Palestina/Palestina/Palestine|" +
        "PT/PRT/620/Portugal|PW/PLW/585/Palau|PY/PRY/600/Paraguay|QA/QAT/634/Qatar|RE/REU/638/Réunion|RO/ROU/642/Romania/Rumänien|RS/SRB/688/Serbia/Serbien|" +
        "RU/RUS/643/Russian Federation/Ryska federationen/Russia/Ryssland|RW/RWA/646/Rwanda|SA/SAU/682/Saudi Arabia/Saudiarabien|SB/SLB/090/Solomon Islands/Salomonöarna|" +
        "SC/SYC/690/Seychelles/Seychellerna|SD/SDN/729/Sudan|SG/SGP/702/Singapore|SH/SHN/654/Saint Helena, Ascension and Tristan da Cunha/Saint Helena, Ascension och Tristan da Cunha|" +
        "SI/SVN/705/Slovenia/Slovenien|SJ/SJM/744/Svalbard and Jan Mayen/Svalbard och Jan Mayen|SK/SVK/703/Slovakia/Slovakien|SL/SLE/694/Sierra Leone|SM/SMR/674/San Marino|" +
        "SN/SEN/686/Senegal|SO/SOM/706/Somalia|SR/SUR/740/Suriname/Surinam|SS/SSD/728/South Sudan/Sydsudan|ST/STP/678/Sao Tome and Principe/São Tomé och Príncipe|SLV/222/El Salvador|" +
        "SX/SXM/534/Sint Maarten|SY/SYR/760/Syria/Syrian Arab Republic/Syrien/Syriska arabrepubliken|SZ/SWZ/748/Eswatini/Swaziland|" +
        "TC/TCA/796/Turks and Caicos Islands/Turks- och Caicosöarna|TD/TCD/148/Chad/Tchad|TF/ATF/260/French Southern Territories/Franska sydterritorierna|TG/TGO/768/Togo|" +
        "TH/THA/764/Thailand|TJ/TJK/762/Tajikistan/Tadzjikistan|TK/TKL/772/Tokelau|TL/TLS/626/Timor-Leste/Östtimor/East Timor|TM/TKM/795/Turkmenistan|TN/TUN/788/Tunisia/Tunisien|" +
        "TO/TON/776/Tonga|TR/TUR/792/Türkiye/Turkiet/Turkey|TT/TTO/780/Trinidad and Tobago/Trinidad och Tobago|TUV/798/Tuvalu|" +
        "TW/TWN/158/Taiwan/Taiwan, Province of China/Taiwan, provins i Kina|TZ/TZA/834/Tanzania/Tanzania, United Republic of/Tanzania, förenade republiken|UA/UKR/804/Ukraine/Ukraina|" +
        "UG/UGA/800/Uganda|UM/UMI/581/United States Minor Outlying Islands/Förenta staternas mindre öar i Oceanien och Västindien|" +
        "US/USA/840/United States/USA/United States of America/Förenta staterna/U.S.A/Amerikas förenta stater|UY/URY/858/Uruguay|UZ/UZB/860/Uzbekistan|" +
        "VA/VAT/336/Holy See/Vatikanstaten/Vatican City|VC/VCT/670/Saint Vincent and the Grenadines/Sankt Vincent och Grenadinerna|" +
        "VE/VEN/862/Venezuela/Venezuela, Bolivarian Republic of/Venezuela, Bolivarianska republiken|" +
        "VG/VGB/092/Virgin Islands, British/Jungfruöarna, brittiska/British Virgin Islands/Brittiska Jungfruöarna|" +
        "VI/VIR/850/Virgin Islands, U.S./Jungfruöarna, amerikanska/Amerikanska Jungfruöarna|VN/VNM/704/Vietnam/Viet Nam|VU/VUT/548/Vanuatu|WF/WLF/876/Wallis and Futuna/Wallis och Futuna|" +
        "WS/WSM/882/Samoa|YE/YEM/887/Yemen|YT/MYT/175/Mayotte|ZA/ZAF/710/South Africa/Sydafrika|ZM/ZMB/894/Zambia|ZW/ZWE/716/Zimbabwe|XK/XKX/Kosovo|Jugoslavien/Yugoslavia";
}
