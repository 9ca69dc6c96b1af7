namespace EduFunctions.Pipeline.Probing;

/// <summary>Everything a register is asked, in the order of the report.</summary>
internal static class ProbeChecks
{
    public const string Standard = "SS 12000:2020, API 2.1";

    public static IReadOnlyList<ProbeCheck> All { get; } =
        [.. AccessChecks.All, .. AnswerChecks.All, .. PagingChecks.All, .. RowChecks.All, .. FilterChecks.All, .. LookUpChecks.All];
}
