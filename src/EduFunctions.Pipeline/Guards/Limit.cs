using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What passes without an operator: whatever is not above both the number and the share.</summary>
/// <param name="Most">By kind: so many always pass.</param>
internal sealed record Limit(HoldCode Code, Func<RowKind, int> Most, int Percent, int PercentOfTenant)
{
    private const int Half = 50;
    private const int SmallSchool = 2;
    private const int FewMemberships = 10;

    /// <summary>From how many on more than half of a school's rows of a kind is too much, whatever the number above says; 0 for never.</summary>
    public int MinHalved { get; private init; }

    /// <summary>Whether the last of a kind at a school may not go either, be it the only one.</summary>
    private bool HoldsLast { get; init; }

    /// <summary>Whether a school that had nothing of the kind may have any number.</summary>
    public bool IsFreeFromNothing { get; private init; }

    /// <summary>What moved in the nights before was there at the window's begin and is not now: 1, the other way round: -1, or neither.</summary>
    private int Earlier { get; init; }

    /// <summary>What is looked for; null for the limits of all rows.</summary>
    public Moved? Column { get; private init; }

    public static Limit Removals(GuardSettings settings) => new(
        HoldCode.Removals, Numbers(settings.MinRemoved, 10, 3), settings.MaxRemovedPercent, settings.MaxRemovedPercentOfTenant ?? settings.MaxRemovedPercent)
    {
        MinHalved = settings.MinHalved,
        HoldsLast = settings.MinHalved > 0,
        Earlier = 1,
    };

    /// <summary>As many as may be removed, but that the few of a very small school tell nothing: brothers and sisters are protected together.</summary>
    public static Limit BecomingProtected(GuardSettings settings) =>
        Removals(settings.Everyday) with { MinHalved = FewButTelling(settings), HoldsLast = false };

    public static Limit Changes(GuardSettings settings) =>
        new(HoldCode.Changes, Numbers(settings.MinChanged, 20, 5), settings.MaxChangedPercent, settings.MaxChangedPercent);

    public static Limit Rekeyed(GuardSettings settings) =>
        new(HoldCode.IdsChanged, _ => settings.MinRekeyed, settings.MaxRekeyedPercent, settings.MaxRekeyedPercent);

    public static Limit Additions(GuardSettings settings) =>
        new(HoldCode.Additions, Numbers(settings.MinAdded, 20, 5, 50), settings.MaxAddedPercent, settings.MaxAddedPercent) { IsFreeFromNothing = true, Earlier = -1 };

    /// <summary>Of those who come: no window of the year widens it.</summary>
    public static Limit ComingTwice(GuardSettings settings) => Everyday(HoldCode.Doubles, settings);

    /// <summary>By column, whatever the window of the year: in none of them do most people change their names.</summary>
    public static Limit Of(Moved column, GuardSettings settings) => column switch
    {
        Moved.ChangedOwner => Everyday(HoldCode.Column, settings) with { Column = column },
        Moved.LostStudents => Removals(settings.Everyday) with { Code = HoldCode.Column, Column = column, Earlier = 0 },
        _ => new Limit(HoldCode.Column, Numbers(null, 10, 3), settings.MaxColumnPercent, settings.MaxColumnPercent) { MinHalved = FewButTelling(settings), Column = column },
    };

    public bool IsPassedBySchool(RowKind kind, int count, int of) => IsPassedBy(kind, count, of, Percent) || IsHalvedBy(kind, count, of);

    public bool IsPassedByAll(RowKind kind, int count, int of) => IsPassedBy(kind, count, of, PercentOfTenant);

    /// <summary>Of how many rows there were at the window's begin.</summary>
    public int AtBegin(int of, int earlier) => of + (Earlier * earlier);

    /// <summary>Whether a school has so few that only all such schools together tell anything.</summary>
    public bool IsSmall(int of) => MinHalved > 0 && of is > 0 and <= SmallSchool;

    private static Limit Everyday(HoldCode code, GuardSettings settings) =>
        Rekeyed(settings.Everyday) with { Code = code, MinHalved = settings.Everyday.MaxRekeyedPercent < 100 ? FewButTelling(settings) : 0 };

    /// <summary>One or two who marry or get another mail address say nothing of a column.</summary>
    private static int FewButTelling(GuardSettings settings) => settings.MinHalved == 0 ? 0 : Math.Max(settings.MinHalved, SmallSchool + 1);

    private bool IsPassedBy(RowKind kind, int count, int of, int percent) => (of > 0 || !IsFreeFromNothing) && count > Most(kind) && IsMore(count, of, percent);

    private bool IsHalvedBy(RowKind kind, int count, int of) => MinHalved > 0 && IsMore(count, of, Math.Max(Half, Percent))
        && ((HoldsLast && HasLast(kind) && of > 0 && count >= of) || count >= (kind == RowKind.Memberships ? Math.Max(MinHalved, FewMemberships) : MinHalved));

    /// <summary>Guardians and memberships go with those they belong to.</summary>
    private static bool HasLast(RowKind kind) => kind is RowKind.Students or RowKind.Staff or RowKind.Sections;

    private static bool IsMore(int count, int of, int percent) => count * 100L > (long)of * percent;

    private static Func<RowKind, int> Numbers(int? given, int many, int few, int? memberships = null) => kind => given ?? kind switch
    {
        RowKind.Staff or RowKind.Sections => few,
        RowKind.Memberships => memberships ?? many,
        _ => many,
    };
}
