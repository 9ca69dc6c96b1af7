namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Counts of one direction by kind and school, and which of them are over the limit: a school's own, those of all schools together, or those of the schools
/// that are too small to tell anything alone. What was not understood is held against the others, but is never one of them: whatever it has done, a worse answer
/// of the source makes no count smaller.
/// </summary>
/// <param name="isAbsent">Whether a school was left out of the pull: nothing can be told of it, so nothing of it passes.</param>
/// <param name="isVanished">Whether everybody and everything of a school would go.</param>
internal sealed class Tally(Limit limit, int schools, Func<int, bool>? isAbsent = null, Func<int, bool>? isVanished = null)
{
    private readonly int[] _counts = new int[ChangeCounts.Kinds.Count * schools];
    private readonly int[] _earlier = new int[ChangeCounts.Kinds.Count * schools];
    private readonly int[] _unread = new int[ChangeCounts.Kinds.Count * schools];
    private readonly int[] _of = new int[ChangeCounts.Kinds.Count * schools];
    private readonly bool[] _isHeld = new bool[ChangeCounts.Kinds.Count * schools];
    private readonly bool[] _isPassed = new bool[ChangeCounts.Kinds.Count * schools];

    public void Count(RowKind kind, int school) => _counts[At(kind, school)]++;

    /// <summary>Counts what happened in the nights before: it is held against those of tonight, never held itself.</summary>
    public void CountEarlier(RowKind kind, int school) => _earlier[At(kind, school)]++;

    /// <summary>Counts what may have gone, or changed, as well: nobody understood it tonight, and it stays in any case.</summary>
    public void CountUnread(RowKind kind, int school, int rows = 1) => _unread[At(kind, school)] += rows;

    public void CountOf(RowKind kind, int school, int rows = 1) => _of[At(kind, school)] += rows;

    public bool IsHeld(RowKind kind, int school) => _isHeld[At(kind, school)];

    /// <summary>What is counted of a school, with the nights before, and of how many.</summary>
    public (int Tonight, int Count, int Of) Counted(RowKind kind, int school)
    {
        var at = At(kind, school);
        return (_counts[at], _counts[at] + _earlier[at], limit.AtBegin(_of[at], _earlier[at]));
    }

    /// <summary>How many stay where the limit is passed, held or not understood.</summary>
    public int Held(RowKind kind) => Enumerable.Range(At(kind, 0), schools).Where(at => _isPassed[at]).Sum(at => _counts[at] + _unread[at]);

    /// <summary>Whether there is something that stays so.</summary>
    public bool Holds(RowKind kind, int school) => At(kind, school) is var at && _isPassed[at] && _counts[at] + _unread[at] > 0;

    /// <summary>Holds what is below the limit.</summary>
    public void Hold(RowKind kind, int school) => _isHeld[At(kind, school)] = _isPassed[At(kind, school)] = true;

    /// <summary>Settles one kind; the hold of all schools together first, then that of the small ones, then those of single ones.</summary>
    public IReadOnlyList<Hold> Settle(RowKind kind, Func<int, string?> schoolId)
    {
        var holds = new List<Hold>();
        for (var school = 0; school < schools; school++)
        {
            var at = At(kind, school);
            var hold = IsAny(at) && isAbsent?.Invoke(school) == true
                ? new Hold(HoldCode.SchoolAbsent, kind, schoolId(school), _counts[at], _of[at], 0)
                : HoldOf(kind, () => schoolId(school), [at], limit.IsPassedBySchool, limit.Percent)
                ?? (IsAny(at) && isVanished?.Invoke(school) == true ? HoldOf(kind, schoolId(school), at) : null);
            _isPassed[at] = hold is not null;
            _isHeld[at] = hold is not null && _counts[at] > 0;
            holds.AddRange(_isHeld[at] ? [hold!] : []);
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

        var isHeld = meant.Any(at => _counts[at] > 0);
        foreach (var at in meant)
        {
            _isPassed[at] = true;
            _isHeld[at] |= isHeld;
        }

        return isHeld ? [hold] : [];
    }

    /// <summary>Tonight's by themselves first; then, as long as there are any, together with those of the nights before.</summary>
    private Hold? HoldOf(RowKind kind, Func<string?> school, ReadOnlySpan<int> places, Func<RowKind, int, int, bool> isPassedBy, int percent)
    {
        var (count, unread, earlier, of) = (0, 0, 0, 0);
        foreach (var at in places)
        {
            (count, unread, earlier, of) = (count + _counts[at] + _unread[at], unread + _unread[at], earlier + _earlier[at], of + _of[at]);
        }

        var atBegin = limit.AtBegin(of, earlier);
        return count == 0 || (limit.IsFreeFromNothing && atBegin <= 0) ? null
            : isPassedBy(kind, count, of) ? new Hold(limit.Code, kind, school(), count, of, percent) { NotUnderstood = unread, Column = limit.Column }
            : earlier > 0 && isPassedBy(kind, count + earlier, atBegin)
                ? new Hold(limit.Code, kind, school(), count + earlier, atBegin, percent) { Earlier = earlier, NotUnderstood = unread, Column = limit.Column }
            : null;
    }

    private Hold HoldOf(RowKind kind, string? school, int at) =>
        new(limit.Code, kind, school, _counts[at] + _unread[at], _of[at], limit.Percent) { NotUnderstood = _unread[at] };

    private bool IsAny(int at) => _counts[at] + _unread[at] > 0;

    private int At(RowKind kind, int school) => ((int)kind * schools) + (school < 0 ? schools - 1 : school);
}
