namespace EduFunctions.Pipeline.Probing;

/// <summary>Whether filters narrow, and what was deleted is told: what a pull of changes alone lives on.</summary>
internal static class FilterChecks
{
    /// <summary>One row in so many may have gone since it was read.</summary>
    private const int MayHaveGone = 100;

    public static IReadOnlyList<ProbeCheck> All { get; } =
    [
        new(FilterQuestions.ModifiedAfter, ProbeGrade.Expected, "meta.modified.after gives what was changed later, all of it and nothing else.",
            $"{ProbeChecks.Standard}: meta.modified.after of every list, exclusive", "Changes of the day can be read without reading everything.",
            seen => Judge(seen, FilterQuestions.ModifiedAfter)),
        new(FilterQuestions.ModifiedBefore, ProbeGrade.Nice, "meta.modified.before gives nothing that was changed later.", $"{ProbeChecks.Standard}: meta.modified.before of every list",
            "The end of a window can be set.", seen => Judge(seen, FilterQuestions.ModifiedBefore)),
        new(FilterQuestions.CreatedAfter, ProbeGrade.Nice, "meta.created.after gives nothing that was made earlier.", $"{ProbeChecks.Standard}: meta.created.after of every list",
            "Newcomers can be asked for.", seen => Judge(seen, FilterQuestions.CreatedAfter)),
        new(FilterQuestions.Values, ProbeGrade.Nice, "type, groupType and dutyRole give rows of that value alone, all of them.",
            $"{ProbeChecks.Standard}: type of /organisations, groupType of /groups, dutyRole of /duties", "Who needs a part need not read the whole.",
            seen => Judge(seen, FilterQuestions.Values)),
        new(FilterQuestions.Order, ProbeGrade.Nice, "sortkey=ModifiedDesc gives what was changed last first.", $"{ProbeChecks.Standard}: sortkey", "The newest change is seen on the first page.",
            seen => Judge(seen, FilterQuestions.Order)),
        new("deleted.told", ProbeGrade.Expected, "GET /deletedEntities answers with lists of ids by collection.", $"{ProbeChecks.Standard}: deletedEntities",
            "Between two full readings nobody can say who has left.",
            seen => seen.Deletions is not { } deletions || deletions.Answer.IsUnasked ? ProbeVerdict.Unseen(seen.Deletions?.Answer.Told ?? "nothing could be asked")
                : ProbeVerdict.If(deletions.HasForm, deletions.HasForm ? $"{deletions.Named} ids of seven days" : $"{deletions.Answer.Told}, no lists of ids")),
        new("deleted.gone", ProbeGrade.Expected, "Nobody whom /deletedEntities names is still in a list.", $"{ProbeChecks.Standard}: deletedEntities",
            "Whoever is deleted and there would come and go every night.",
            seen => seen.Deletions is not { HasForm: true, Named: > 0 } deletions ? ProbeVerdict.Unseen("no deletion was told")
                : ProbeVerdict.If(deletions.StillThere == 0, $"{deletions.StillThere} of {deletions.Named} are still listed")),
    ];

    private static ProbeVerdict Judge(ProbedRegister seen, string kind) => ProbeVerdict.Each(
        [.. seen.Filters.Where(filter => filter.Kind == kind && !filter.Answer.IsUnasked)],
        filter => !filter.Answer.IsGood ? $"{filter.Question}: {filter.Answer.Told}"
            : filter.Strangers > 0 ? $"{filter.Question}: {filter.Strangers} of {filter.Returned} rows do not fit"
            : filter.Returned + (filter.Expected / MayHaveGone) < filter.Expected ? $"{filter.Question}: {filter.Returned} rows, although {filter.Expected} fit"
            : null,
        $"{seen.Filters.Count(filter => filter.Kind == kind)} questions, every row fits", "no row says enough to ask");
}
