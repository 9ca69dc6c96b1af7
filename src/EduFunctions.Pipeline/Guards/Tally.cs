namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Counts of one direction by kind and school, and which of them are over the limit: a school's own, those of all schools together, or those of the schools
/// that are too small to tell anything alone.
/// </summary>
/// <param name="isAbsent">Whether a school was left out of the pull: nothing can be told of it, so nothing of it passes.</param>
/// <param name="isVanished">Whether everybody and everything of a school would go.</param>
internal sealed class Tally(Limit limit, int schools, Func<int, bool>? isAbsent = null, Func<int, bool>? isVanished = null)
{
    private readonly int[] _counts = new int[ChangeCounts.Kinds.Count * schools];
    private readonly int[] _earlier = new int[ChangeCounts.Kinds.Count * schools];
    private readonly int[] _of = new int[ChangeCounts.Kinds.Count * schools];
    private readonly bool[] _isHeld = new bool[ChangeCounts.Kinds.Count * schools];

    public void Count(RowKind kind, int school) => _counts[At(kind, school)]++;

    /// <summary>Counts what happened in the nights before: it is held against those of tonight, never held itself.</summary>
    public void CountEarlier(RowKind kind, int school) => _earlier[At(kind, school)]++;

    public void CountOf(RowKind kind, int school, int rows = 1) => _of[At(kind, school)] += rows;

    public bool IsHeld(RowKind kind, int school) => _isHeld[At(kind, school)];

    /// <summary>What is counted of a school, with the nights before, and of how many.</summary>
    public (int Tonight, int Count, int Of) Counted(RowKind kind, int school)
    {
        var at = At(kind, school);
        return (_counts[at], _counts[at] + _earlier[at], limit.AtBegin(_of[at], _earlier[at]));
    }

    /// <summary>How many are held.</summary>
    public int Held(RowKind kind) => Enumerable.Range(0, schools).Where(school => IsHeld(kind, school)).Sum(school => _counts[At(kind, school)]);

    /// <summary>Whether there is something that is held.</summary>
    public bool Holds(RowKind kind, int school) => IsHeld(kind, school) && _counts[At(kind, school)] > 0;

    /// <summary>Holds what is below the limit.</summary>
    public void Hold(RowKind kind, int school) => _isHeld[At(kind, school)] = true;

    /// <summary>Settles one kind; the hold of all schools together first, then that of the small ones, then those of single ones.</summary>
    public IReadOnlyList<Hold> Settle(RowKind kind, Func<int, string?> schoolId)
    {
        var holds = new List<Hold>();
        for (var school = 0; school < schools; school++)
        {
            var at = At(kind, school);
            var hold = _counts[at] > 0 && isAbsent?.Invoke(school) == true
                ? new Hold(HoldCode.SchoolAbsent, kind, schoolId(school), _counts[at], _of[at], 0)
                : HoldOf(kind, () => schoolId(school), [at], limit.IsPassedBySchool, limit.Percent)
                ?? (_counts[at] > 0 && isVanished?.Invoke(school) == true ? HoldOf(kind, schoolId(school), at) : null);
            _isHeld[at] = hold is not null;
            holds.AddRange(hold is null ? [] : [hold]);
        }

        holds.InsertRange(0, SettleTogether(kind, at => limit.IsSmall(limit.AtBegin(_of[at], _earlier[at])), limit.IsPassedBySchool, limit.Percent));
        holds.InsertRange(0, SettleTogether(kind, at => !limit.IsFreeFromNothing || limit.AtBegin(_of[at], _earlier[at]) > 0, limit.IsPassedByAll, limit.PercentOfTenant));
        return holds;
    }

    private IReadOnlyList<Hold> SettleTogether(RowKind kind, Predicate<int> isMeant, Func<RowKind, int, int, bool> isPassedBy, int percent)
    {
        var meant = Enumerable.Range(At(kind, 0), schools).Where(at => isMeant(at)).ToArray();
        if (HoldOf(kind, () => null, meant, isPassedBy, percent) is not { } hold)
        {
            return [];
        }

        Array.ForEach(meant, at => _isHeld[at] = true);
        return [hold];
    }

    /// <summary>Tonight's by themselves first; then, as long as there are any, together with those of the nights before.</summary>
    private Hold? HoldOf(RowKind kind, Func<string?> school, ReadOnlySpan<int> places, Func<RowKind, int, int, bool> isPassedBy, int percent)
    {
        var (count, earlier, of) = (0, 0, 0);
        foreach (var at in places)
        {
            (count, earlier, of) = (count + _counts[at], earlier + _earlier[at], of + _of[at]);
        }

        var atBegin = limit.AtBegin(of, earlier);
        return count == 0 || (limit.IsFreeFromNothing && atBegin <= 0) ? null
            : isPassedBy(kind, count, of) ? new Hold(limit.Code, kind, school(), count, of, percent) { Column = limit.Column }
            : earlier > 0 && isPassedBy(kind, count + earlier, atBegin)
                ? new Hold(limit.Code, kind, school(), count + earlier, atBegin, percent) { Earlier = earlier, Column = limit.Column }
            : null;
    }

    private Hold HoldOf(RowKind kind, string? school, int at) => new(limit.Code, kind, school, _counts[at], _of[at], limit.Percent);

    private int At(RowKind kind, int school) => ((int)kind * schools) + (school < 0 ? schools - 1 : school);
}
