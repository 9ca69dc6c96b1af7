namespace EduFunctions.Pipeline.Guards;

/// <summary>What passes without an operator: whatever is not above both the number and the share.</summary>
internal readonly record struct Limit(HoldCode Code, int Most, int Percent, int PercentOfTenant)
{
    public static Limit Removals(GuardSettings settings) => new(
        HoldCode.Removals, settings.MinRemoved, settings.MaxRemovedPercent, settings.MaxRemovedPercentOfTenant ?? settings.MaxRemovedPercent);

    public static Limit Changes(GuardSettings settings) =>
        new(HoldCode.Changes, settings.MinChanged, settings.MaxChangedPercent, settings.MaxChangedPercent);

    public static Limit Rekeyed(GuardSettings settings) =>
        new(HoldCode.IdsChanged, settings.MinRekeyed, settings.MaxRekeyedPercent, settings.MaxRekeyedPercent);

    public bool IsPassedBy(int count, int of, bool ofTenant) =>
        count > Most && count * 100L > (long)of * (ofTenant ? PercentOfTenant : Percent);
}

/// <summary>Counts of one direction by kind and school, and which of them are over the limit: a school's own, or all schools' together.</summary>
/// <param name="isAbsent">Whether a school was left out of the pull: nothing can be told of it, so nothing of it passes.</param>
internal sealed class Tally(Limit limit, int schools, Func<int, bool>? isAbsent = null)
{
    private readonly int[] _counts = new int[ChangeCounts.Kinds.Count * schools];
    private readonly int[] _of = new int[ChangeCounts.Kinds.Count * schools];
    private readonly bool[] _isHeld = new bool[ChangeCounts.Kinds.Count * schools];

    public void Count(RowKind kind, int school) => _counts[At(kind, school)]++;

    public void CountOf(RowKind kind, int school, int rows = 1) => _of[At(kind, school)] += rows;

    public bool IsHeld(RowKind kind, int school) => _isHeld[At(kind, school)];

    /// <summary>Settles one kind; the hold of all schools together first, then those of single ones.</summary>
    public IReadOnlyList<Hold> Settle(RowKind kind, Func<int, string?> schoolId)
    {
        var holds = new List<Hold>();
        var (count, of) = (0, 0);
        for (var school = 0; school < schools; school++)
        {
            var at = At(kind, school);
            (count, of) = (count + _counts[at], of + _of[at]);
            var absent = _counts[at] > 0 && isAbsent?.Invoke(school) == true;
            _isHeld[at] = absent || limit.IsPassedBy(_counts[at], _of[at], ofTenant: false);
            if (_isHeld[at])
            {
                holds.Add(new Hold(absent ? HoldCode.SchoolAbsent : limit.Code, kind, schoolId(school), _counts[at], _of[at], absent ? 0 : limit.Percent));
            }
        }

        if (!limit.IsPassedBy(count, of, ofTenant: true))
        {
            return holds;
        }

        _isHeld.AsSpan(At(kind, 0), schools).Fill(true);
        return [new Hold(limit.Code, kind, null, count, of, limit.PercentOfTenant), .. holds];
    }

    private int At(RowKind kind, int school) => ((int)kind * schools) + (school < 0 ? schools - 1 : school);
}
