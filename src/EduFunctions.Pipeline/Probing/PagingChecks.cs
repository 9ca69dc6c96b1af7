namespace EduFunctions.Pipeline.Probing;

/// <summary>Whether pages are one list: closed, in order, nobody twice and nobody lost.</summary>
internal static class PagingChecks
{
    private const string Parameters = $"{ProbeChecks.Standard}: limit and pageToken of every list";
    private const string NoPages = "no page came";

    public static IReadOnlyList<ProbeCheck> All { get; } =
    [
        new("paging.envelope", ProbeGrade.Expected, "A page is an object with data and pageToken, no bare list.", Parameters,
            "A bare list does not say whether there is another page.",
            seen => ProbeVerdict.Each(
                [.. seen.Firsts], reading => reading.IsBare ? $"{reading.Collection}: a bare list" : null, $"data and pageToken in {seen.Firsts.Count()} collections", NoPages)),
        new("paging.token", ProbeGrade.Needed, "pageToken is a non-empty text, or null, absent or empty on the last page; nothing else leads on.", Parameters,
            "A list that cannot be told from its first page loses everybody on the others.",
            seen => ProbeVerdict.Each(
                Asked(seen), reading => reading.End == ReadingEnd.Unclear ? $"{reading.Collection}: {reading.Problem}" : null, Tokens(seen), NoPages)),
        new("paging.ends", ProbeGrade.Needed, "Every list comes to its end: no page and no token comes again.", Parameters, "A pull that goes in circles never ends.", Ends),
        new("paging.whole", ProbeGrade.Needed, "No row comes twice, and a second reading has the same rows.", Parameters,
            "Where rows move while they are read, one comes twice and another not at all: its pupil would lose the account.", Whole),
        new("paging.order", ProbeGrade.Expected, "A second reading gives the rows in the same order.", Parameters, "Rows that move between pages get lost between pages.", Order),
        new("paging.limit", ProbeGrade.Expected, "No page has more rows than limit asks for.", Parameters, "A page larger than expected may not fit into a client's memory.",
            seen => ProbeVerdict.Each(
                [.. seen.Readings.Values.SelectMany(readings => readings).Where(reading => reading.IsThere)],
                reading => reading.Most > reading.Limit ? $"{reading.Collection}: {reading.Most} rows, asked for {reading.Limit}" : null, Most(seen), NoPages)),
        new("paging.unknownToken", ProbeGrade.Expected, "A pageToken that nobody handed out is refused (4xx), and not answered with a page.", Parameters,
            "An old token that leads to the first page again makes circles and doubles.",
            seen => seen.UnknownToken is not { Status: > 0 } answer ? ProbeVerdict.Unseen(seen.UnknownToken?.Told ?? NoPages)
                : ProbeVerdict.If(answer.Status is >= 400 and < 500, answer.Told)),
        new("paging.filterWithToken", ProbeGrade.Nice, "A filter beside a pageToken is refused (400).", $"{Parameters}: cannot be combined with other filters",
            "A filter that is passed over in silence seems to have worked.",
            seen => seen.FilterWithToken is not { Status: > 0 } answer ? ProbeVerdict.Unseen(seen.FilterWithToken?.Told ?? "no token came")
                : ProbeVerdict.If(answer.Status == 400, answer.Told)),
    ];

    private static List<CollectionReading> Asked(ProbedRegister seen) =>
        [.. seen.Readings.Values.SelectMany(readings => readings).Where(reading => reading.IsThere || reading.End == ReadingEnd.Unclear)];

    private static string Tokens(ProbedRegister seen) =>
        $"{Asked(seen).Count(reading => reading.Token is not null)} of {Asked(seen).Count} readings had more than one page";

    private static string Most(ProbedRegister seen) =>
        string.Join(", ", seen.Firsts.Select(reading => $"{reading.Collection} at most {reading.Most} of {reading.Limit}"));

    private static ProbeVerdict Ends(ProbedRegister seen)
    {
        var cut = seen.Firsts.Where(reading => reading.End == ReadingEnd.Cut).Select(reading => $"; {reading.Collection} was left after {reading.Pages.Count} pages");
        return ProbeVerdict.Each(
            [.. Asked(seen).Where(reading => reading.End != ReadingEnd.Cut && !reading.IsUnasked)],
            reading => reading.End switch
            {
                ReadingEnd.Circle => $"{reading.Collection}: page {reading.Pages.Count + 1} is an earlier one",
                ReadingEnd.Broken => $"{reading.Collection}: {reading.Problem} after {reading.Pages.Count} pages",
                _ => null,
            },
            $"{Asked(seen).Count(reading => reading.IsWhole)} readings to their end{string.Concat(cut)}", $"no list was read to its end{string.Concat(cut)}");
    }

    private static ProbeVerdict Whole(ProbedRegister seen) => ProbeVerdict.Each(
        [.. seen.Readings.Values.Where(readings => readings[0].IsThere)],
        readings => readings.Max(reading => reading.Doubles) is > 0 and var doubles ? $"{readings[0].Collection}: {doubles} rows twice"
            : Pair(readings) is var (one, other) && Differing(one, other) is > 0 and var count ? $"{one.Collection}: {count} rows in one reading and not in the next"
            : null,
        $"{seen.Readings.Values.Count(readings => Pair(readings) is not null)} collections read twice, the same rows", NoPages);

    private static ProbeVerdict Order(ProbedRegister seen) => ProbeVerdict.Each(
        [.. seen.Readings.Values.Select(Pair).OfType<(CollectionReading One, CollectionReading Other)>().Where(pair => pair.One.Ids.Count > 1)],
        pair => pair.One.Ids.SequenceEqual(pair.Other.Ids, StringComparer.OrdinalIgnoreCase) ? null : $"{pair.One.Collection}: another order",
        "the same order in two readings", "no list was read twice");

    /// <summary>The last two readings, when both have all.</summary>
    private static (CollectionReading One, CollectionReading Other)? Pair(List<CollectionReading> readings) =>
        readings is [.., { IsWhole: true } one, { IsWhole: true } other] ? (one, other) : null;

    private static int Differing(CollectionReading one, CollectionReading other)
    {
        var ids = one.Ids.ToHashSet(StringComparer.OrdinalIgnoreCase);
        ids.SymmetricExceptWith(other.Ids);
        return ids.Count;
    }
}
