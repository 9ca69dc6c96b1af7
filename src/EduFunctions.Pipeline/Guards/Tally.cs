namespace EduFunctions.Pipeline.Guards;

/// <summary>Counts of one direction by kind and school, and which of them are over the limit: a school's own, or all schools' together.</summary>
/// <param name="isAbsent">Whether a school was left out of the pull: nothing can be told of it, so nothing of it passes.</param>
internal sealed class Tally(Limit limit, int schools, Func<int, bool>? isAbsent = null)
{
    private readonly int[] _counts = new int[ChangeCounts.Kinds.Count * schools];
    private readonly int[] _earlier = new int[ChangeCounts.Kinds.Count * schools];
    private readonly int[] _of = new int[ChangeCounts.Kinds.Count * schools];
    private readonly bool[] _isHeld = new bool[ChangeCounts.Kinds.Count * schools];

    public void Count(RowKind kind, int school) => _counts[At(kind, school)]++;

    /// <summary>Counts what happened in the nights before: it is held against those of tonight, never held itself.</summary>
    public void CountEarlier(RowKind kind, int school) => _earlier[At(kind, school)]++;

    public void CountOf(RowKind kind, int school, int rows = 1) => _of[At(kind, school)] += rows;

    public int Counted(RowKind kind, int school) => _counts[At(kind, school)];

    public int CountedOf(RowKind kind, int school) => _of[At(kind, school)];

    public bool IsHeld(RowKind kind, int school) => _isHeld[At(kind, school)];

    /// <summary>Whether there is something that is held.</summary>
    public bool Holds(RowKind kind, int school) => IsHeld(kind, school) && Counted(kind, school) > 0;

    /// <inheritdoc cref="Holds"/>
    public bool HoldsAny(RowKind kind) => Enumerable.Range(0, schools).Any(school => Holds(kind, school));

    /// <summary>Holds what is below the limit.</summary>
    public void Hold(RowKind kind, int school) => _isHeld[At(kind, school)] = true;

    /// <summary>Settles one kind; the hold of all schools together first, then those of single ones.</summary>
    public IReadOnlyList<Hold> Settle(RowKind kind, Func<int, string?> schoolId)
    {
        var holds = new List<Hold>();
        var (count, earlier, of) = (0, 0, 0);
        for (var school = 0; school < schools; school++)
        {
            var at = At(kind, school);
            (count, earlier, of) = (count + _counts[at], earlier + _earlier[at], of + _of[at]);
            var absent = _counts[at] > 0 && isAbsent?.Invoke(school) == true;
            var hold = absent
                ? new Hold(HoldCode.SchoolAbsent, kind, schoolId(school), _counts[at], _of[at], 0)
                : HoldOf(kind, () => schoolId(school), _counts[at], _earlier[at], _of[at], limit.IsPassedBySchool, limit.Percent);
            _isHeld[at] = hold is not null;
            holds.AddRange(hold is null ? [] : [hold]);
        }

        if (HoldOf(kind, () => null, count, earlier, of, limit.IsPassedByAll, limit.PercentOfTenant) is not { } ofAll)
        {
            return holds;
        }

        _isHeld.AsSpan(At(kind, 0), schools).Fill(true);
        return [ofAll, .. holds];
    }

    /// <summary>Tonight's by themselves first; then, as long as there are any, together with those of the nights before.</summary>
    private Hold? HoldOf(RowKind kind, Func<string?> school, int count, int earlier, int of, Func<RowKind, int, int, bool> isPassedBy, int percent) =>
        isPassedBy(kind, count, of) ? new Hold(limit.Code, kind, school(), count, of, percent)
        : count > 0 && earlier > 0 && isPassedBy(kind, count + earlier, of + earlier)
            ? new Hold(limit.Code, kind, school(), count + earlier, of + earlier, percent) { Earlier = earlier }
        : null;

    private int At(RowKind kind, int school) => ((int)kind * schools) + (school < 0 ? schools - 1 : school);
}
