using System.Text;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Letters and digits by what they are without accents, ligatures and forms of print: what compatibility decomposition, full case folding and dropped marks
/// make of them, and letters that have no decomposition although people write them without their stroke (ø, ł, đ). Lower case; upper case is folded first.
/// The runtime's own normalisation is not there where globalization is invariant.
/// </summary>
internal static class FoldedLetters
{
    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        // Fillers that nobody sees, and a stroke that only makes a word longer.
        [""] = "\u115f\u1160\u3164\uffa0\u0640",
        ["0"] = "⁰₀",
        ["1"] = "¹₁①",
        ["2"] = "²₂②",
        ["3"] = "³₃③",
        ["4"] = "⁴₄④",
        ["5"] = "⁵₅⑤",
        ["6"] = "⁶₆⑥",
        ["7"] = "⁷₇⑦",
        ["8"] = "⁸₈⑧",
        ["9"] = "⁹₉⑨",
        ["a"] = "ªàáâãäåāăąǎǟǡǻȁȃȧəᴬᵃᵊḁạảấầẩẫậắằẳẵặₐₔⓐ",
        ["ae"] = "æǣǽᴭ",
        ["b"] = "ɓᴮᵇḃḅḇℬⓑ",
        ["c"] = "çćĉċčᶜḉℂ℃ℭⓒ",
        ["d"] = "ðďđɗᴰᵈᶞḋḍḏḑḓⅅⅆⓓ",
        ["dz"] = "ǆǳ",
        ["e"] = "èéêëēĕėęěȅȇȩɛᴱᵉᵋḕḗḙḛḝẹẻẽếềểễệₑℇℯℰⅇⓔ",
        ["f"] = "ƒᶠḟ℉ℱⓕ",
        ["ff"] = "ﬀ",
        ["ffi"] = "ﬃ",
        ["ffl"] = "ﬄ",
        ["fi"] = "ﬁ",
        ["fl"] = "ﬂ",
        ["g"] = "ĝğġģǧǵᴳᵍḡℊⓖ",
        ["h"] = "ĥħȟʰᴴḣḥḧḩḫẖₕℋℌℍℎℏⓗ",
        ["i"] = "ìíîïĩīĭįİıǐȉȋɨᴵᵢᶤḭḯỉịⁱℐℑℹⅈⓘ",
        ["ij"] = "ĳ",
        ["j"] = "ĵǰʲᴶⅉⓙ",
        ["k"] = "ķĸǩᴷᵏḱḳḵₖⓚ",
        ["l"] = "ĺļľŀłˡᴸḷḹḻḽₗℒℓⓛ",
        ["lj"] = "ǉ",
        ["m"] = "ᴹᵐḿṁṃₘℳⓜ",
        ["n"] = "ñńņňŋǹᴺᵑṅṇṉṋⁿₙℕⓝ",
        ["nj"] = "ǌ",
        ["o"] = "ºòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱɔᴼᵒᵓṍṏṑṓọỏốồổỗộớờởỡợₒℴⓞ",
        ["oe"] = "œ",
        ["p"] = "ᴾᵖṕṗₚℙⓟ",
        ["q"] = "ℚⓠ",
        ["r"] = "ŕŗřȑȓʳᴿᵣṙṛṝṟℛℜℝⓡ",
        ["s"] = "śŝşšſșˢṡṣṥṧṩẛₛⓢ",
        ["ss"] = "ß",
        ["st"] = "ﬅﬆ",
        ["t"] = "ţťŧțᵀᵗṫṭṯṱẗₜⓣ",
        ["th"] = "þ",
        ["u"] = "ùúûüũūŭůűųưǔǖǘǚǜȕȗᵁᵘᵤṳṵṷṹṻụủứừửữựⓤ",
        ["v"] = "ᵛᵥṽṿⓥ",
        ["w"] = "ŵʷᵂẁẃẅẇẉẘⓦ",
        ["x"] = "ˣẋẍₓⓧ",
        ["y"] = "ýÿŷȳʸẏẙỳỵỷỹⓨ",
        ["z"] = "źżžƶǯʒᶻᶾẑẓẕℤℨⓩ",
        ["α"] = "άἀἁἂἃἄἅἆἇὰάᾰᾱᾶ",
        ["αι"] = "ᾀᾁᾂᾃᾄᾅᾆᾇᾲᾳᾴᾷ",
        ["β"] = "ϐᵝᵦ",
        ["γ"] = "ᵞᵧℽℾ",
        ["δ"] = "ᵟ",
        ["ε"] = "έϵἐἑἒἓἔἕὲέ",
        ["η"] = "ήἠἡἢἣἤἥἦἧὴήῆ",
        ["ηι"] = "ᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῇ",
        ["θ"] = "ϑᶿ",
        ["ι"] = "ͺΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ",
        ["κ"] = "ϰ",
        ["μ"] = "µ",
        ["ο"] = "όὀὁὂὃὄὅὸό",
        ["π"] = "ϖℼℿ",
        ["ρ"] = "ϱᵨῤῥ",
        ["σ"] = "ςϲ",
        ["υ"] = "ΰϋύϒϓϔὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ",
        ["φ"] = "ϕᵠᵩ",
        ["χ"] = "ᵡᵪ",
        ["ω"] = "ώὠὡὢὣὤὥὦὧὼώῶ",
        ["ωι"] = "ᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῷ",
        ["а"] = "ӑӓ",
        ["в"] = "ᲀ",
        ["г"] = "ѓ",
        ["д"] = "ᲁ",
        ["е"] = "ѐёӗ",
        ["ж"] = "ӂӝ",
        ["з"] = "ӟ",
        ["и"] = "йѝӣӥ",
        ["к"] = "ќ",
        ["н"] = "ᵸ",
        ["о"] = "ӧᲂ",
        ["с"] = "ᲃ",
        ["т"] = "ᲄᲅ",
        ["у"] = "ўӯӱӳ",
        ["ч"] = "ӵ",
        ["ъ"] = "ᲆ",
        ["ы"] = "ӹ",
        ["э"] = "ӭ",
        ["і"] = "ї",
        ["ѣ"] = "ᲇ",
        ["ѵ"] = "ѷ",
        ["ә"] = "ӛ",
        ["ө"] = "ӫ",
    };

    private static readonly Dictionary<int, string> ByForm = Forms
        .SelectMany(entry => entry.Value.EnumerateRunes().Select(rune => (rune.Value, entry.Key)))
        .ToDictionary(entry => entry.Value, entry => entry.Key);

    /// <summary>Null for a letter that is its own base.</summary>
    public static string? Find(Rune lower) => ByForm.GetValueOrDefault(lower.Value);
}
