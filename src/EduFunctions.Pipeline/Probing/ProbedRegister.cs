namespace EduFunctions.Pipeline.Probing;

/// <summary>What was seen of a register, before anybody judges it.</summary>
internal sealed class ProbedRegister(IReadOnlyList<string> collections)
{
    /// <summary>Those that were to be read.</summary>
    public IReadOnlyList<string> Collections { get; } = collections;

    /// <summary>Null where the register hands out no tokens.</summary>
    public TokenSeen? Token { get; set; }

    /// <summary>The answer to somebody who shows nothing; null where there is nothing to show.</summary>
    public ProbeAnswer? Stranger { get; set; }

    /// <summary>Readings of each collection, the first one first.</summary>
    public Dictionary<string, List<CollectionReading>> Readings { get; } = new(StringComparer.Ordinal);

    public RowFacts Facts { get; } = new();

    public ProbeAnswer? UnknownPath { get; set; }

    public ProbeAnswer? UnknownId { get; set; }

    public ProbeAnswer? UnknownParameter { get; set; }

    public ProbeAnswer? UnknownToken { get; set; }

    public ProbeAnswer? FilterWithToken { get; set; }

    /// <summary>An entity that was asked for by its id, and whether it was that one.</summary>
    public (ProbeAnswer Answer, bool IsIt)? KnownId { get; set; }

    /// <summary>An answer, and the one to the same question with its tag.</summary>
    public (ProbeAnswer First, ProbeAnswer? Again)? Tagged { get; set; }

    public List<FilterSeen> Filters { get; } = [];

    public LookUpSeen? LookUp { get; set; }

    public DeletionsSeen? Deletions { get; set; }

    /// <summary>All answers, without the rows in them.</summary>
    public IReadOnlyList<ProbeAnswer> Answers { get; set; } = [];

    /// <summary>The first reading of a collection that is there.</summary>
    public CollectionReading? First(string collection) => Readings.GetValueOrDefault(collection) is [{ IsThere: true } first, ..] ? first : null;

    /// <summary>First readings of all that are there.</summary>
    public IEnumerable<CollectionReading> Firsts => Collections.Select(First).OfType<CollectionReading>();
}

/// <param name="First">The first answer of the token endpoint.</param>
/// <param name="IsGiven">Whether it has a token that can be shown.</param>
/// <param name="IsBearer">Whether it says so.</param>
/// <param name="Life">What <c>expires_in</c> is, in a word for people.</param>
/// <param name="HasLife">Whether that is a number of seconds.</param>
/// <param name="SecondIsGiven">Null when nobody was asked a second time.</param>
/// <param name="FirstAgain">What the first token opened after the second was given.</param>
internal sealed record TokenSeen(ProbeAnswer First, bool IsGiven, bool IsBearer, string Life, bool HasLife, bool? SecondIsGiven = null, ProbeAnswer? FirstAgain = null);

/// <param name="Kind">The code of the check it is for.</param>
/// <param name="Question">Collection and parameter.</param>
/// <param name="Expected">Rows of the first reading that fit, as far as a page took them then.</param>
/// <param name="Returned">Rows that came.</param>
/// <param name="Strangers">Of these, how many do not fit.</param>
internal sealed record FilterSeen(string Kind, string Question, ProbeAnswer Answer, int Expected, int Returned, int Strangers);

/// <param name="Asked">How many persons of the list were asked for.</param>
/// <param name="Found">How many of them came.</param>
/// <param name="Mixed">The answer for one of them beside an id that nobody has.</param>
/// <param name="MixedFound">Whether the known one came all the same.</param>
/// <param name="OnlyHere">Ids that no list has and that the look-up knows.</param>
internal sealed record LookUpSeen(ProbeAnswer Answer, int Asked, int Found, ProbeAnswer Mixed, bool MixedFound, IReadOnlySet<string> OnlyHere);

/// <param name="HasForm">Whether it is an object of lists of ids, by collection.</param>
/// <param name="Named">How many ids it has.</param>
/// <param name="StillThere">How many of them the lists have too.</param>
internal sealed record DeletionsSeen(ProbeAnswer Answer, bool HasForm, int Named, int StillThere);
