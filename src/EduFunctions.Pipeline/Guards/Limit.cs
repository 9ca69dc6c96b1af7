namespace EduFunctions.Pipeline.Guards;

/// <summary>What passes without an operator: whatever is not above both the number and the share.</summary>
/// <param name="Most">For staff and sections, of which a school has few, the smaller number.</param>
internal sealed record Limit(HoldCode Code, (int Many, int Few) Most, int Percent, int PercentOfTenant)
{
    private const int Half = 50;

    /// <summary>From how many on more than half of a school's students, staff or sections is too much, whatever the number above says; 0 for never.</summary>
    public int MinHalved { get; private init; }

    /// <summary>Whether a school that had nothing of the kind may have any number.</summary>
    public bool IsFreeFromNothing { get; private init; }

    public static Limit Removals(GuardSettings settings) => new(
        HoldCode.Removals, Numbers(settings.MinRemoved, 10, 3), settings.MaxRemovedPercent, settings.MaxRemovedPercentOfTenant ?? settings.MaxRemovedPercent)
    {
        MinHalved = settings.MinHalved,
    };

    public static Limit Changes(GuardSettings settings) =>
        new(HoldCode.Changes, Numbers(settings.MinChanged, 20, 5), settings.MaxChangedPercent, settings.MaxChangedPercent);

    public static Limit Rekeyed(GuardSettings settings) =>
        new(HoldCode.IdsChanged, (settings.MinRekeyed, settings.MinRekeyed), settings.MaxRekeyedPercent, settings.MaxRekeyedPercent);

    public static Limit Additions(GuardSettings settings) =>
        new(HoldCode.Additions, (settings.MinAdded, settings.MinAdded), settings.MaxAddedPercent, settings.MaxAddedPercent) { IsFreeFromNothing = true };

    public bool IsPassedBySchool(RowKind kind, int count, int of) =>
        (of > 0 || !IsFreeFromNothing)
        && (IsPassedBy(kind, count, of, Percent) || (MinHalved > 0 && count >= MinHalved && IsHalved(kind) && IsMore(count, of, Math.Max(Half, Percent))));

    public bool IsPassedByAll(RowKind kind, int count, int of) => (of > 0 || !IsFreeFromNothing) && IsPassedBy(kind, count, of, PercentOfTenant);

    private bool IsPassedBy(RowKind kind, int count, int of, int percent) =>
        count > (kind is RowKind.Staff or RowKind.Sections ? Most.Few : Most.Many) && IsMore(count, of, percent);

    private static bool IsMore(int count, int of, int percent) => count * 100L > (long)of * percent;

    private static bool IsHalved(RowKind kind) => kind is RowKind.Students or RowKind.Staff or RowKind.Sections;

    private static (int Many, int Few) Numbers(int? given, int many, int few) => given is { } number ? (number, number) : (many, few);
}
