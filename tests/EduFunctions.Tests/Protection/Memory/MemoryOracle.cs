using EduFunctions.Simulators.Schools;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <param name="IsPulled">Whether the night saw the register and decided on it.</param>
/// <param name="IsKept">Whether what it saw counts for later nights.</param>
/// <param name="IsBroken">Whether it saw everybody, and broke off: it takes nobody back.</param>
/// <param name="IsRespelled">Whether too many bear what nobody can read: that of a record says nothing of whoever it is.</param>
/// <param name="IsHeld">Whether those who would stop being protected wait for an operator.</param>
internal sealed record SeenNight(bool IsPulled, bool IsKept, bool IsBroken, bool IsRespelled, bool IsHeld);

/// <summary>Says in the plainest way who must not be seen: by the human, not by records.</summary>
internal sealed class MemoryOracle(RandomRegister register)
{
    private const int NightsOfWindow = 2;

    private readonly Dictionary<Human, int> _clear = [];
    private readonly HashSet<Human> _tonightOnly = [];
    private readonly HashSet<Human> _tonightFree = [];

    /// <summary>Whom the register alone has taken back and no target has had since.</summary>
    private readonly HashSet<Human> _free = [];

    private readonly HashSet<Human> _freeTonight = [];
    private bool _isPulled;
    private IReadOnlyCollection<string> _kept = [];
    private int _seenAgain;

    /// <param name="enabled">Ids of whom a target has in use after it, or was told to have.</param>
    public void See(SeenNight night, IReadOnlyCollection<string> enabled)
    {
        _kept = enabled;
        _tonightOnly.Clear();
        _tonightFree.Clear();
        _freeTonight.Clear();
        _isPulled = night.IsPulled;
        foreach (var human in night.IsPulled ? register.Humans : night.IsBroken ? register.Humans.Where(human => IsTold(human, night)) : [])
        {
            if (human is { IsPresent: true, Marking: not null })
            {
                _tonightOnly.Add(human);
                if (night.IsKept)
                {
                    _clear[human] = 0;
                    _free.Remove(human);
                }
            }
            else if (_clear.TryGetValue(human, out var pulls) && night.IsKept)
            {
                _clear[human] = human.IsPresent ? pulls + 1 : 0;
            }
            else if (pulls > 0 && human.IsPresent && !night.IsHeld)
            {
                // A dry run shows what the night would do, which would be the second to take the human back.
                _tonightFree.Add(human);
            }
        }

        if (night is { IsPulled: true, IsKept: true, IsHeld: false })
        {
            _freeTonight.UnionWith(TakeFree());
            _free.UnionWith(_freeTonight);
        }
    }

    /// <summary>An operator lets go of those who wait; how many does not matter then.</summary>
    public void Approve() => TakeFree();

    /// <summary>Without an operator, not more than so many may be seen again in a night, and not more than twice as many in a fortnight, which is all nights of a seed.</summary>
    public void NoteSeen(IReadOnlyCollection<string> ids, int most)
    {
        var again = _free.Where(human => human.Records.Select(Ids.Of).Any(ids.Contains)).ToList();
        Assert.True(again.Count(_freeTonight.Contains) <= most, "More are seen again in one night than may be.");
        _seenAgain += again.Count;
        _free.ExceptWith(again);
        Assert.True(_seenAgain <= most * NightsOfWindow, "More are seen again than may be.");
    }

    /// <summary>Whoever is protected, and who answers for nobody but protected students.</summary>
    public IEnumerable<Human> Hidden() => register.Humans.Where(human => IsProtected(human) || (!human.IsStudent && GoesWithStudent(human)));

    public IEnumerable<Human> Protected() => register.Humans.Where(IsProtected);

    public IEnumerable<Human> Seen() => register.Humans.Where(human => human is { IsStudent: true, IsPresent: true } && !IsProtected(human));

    /// <summary>Whether a night that came to nothing says all the same that the human is protected.</summary>
    private bool IsTold(Human human, SeenNight night) => human is { IsPresent: true, Marking: not null } && !(night.IsRespelled && register.IsUnreadableItself(human));

    private List<Human> TakeFree()
    {
        var free = register.Humans.Where(human => _clear.GetValueOrDefault(human) >= 2).ToList();
        free.ForEach(human => _clear.Remove(human));
        return free;
    }

    private bool IsProtected(Human human) => (_clear.ContainsKey(human) && !_tonightFree.Contains(human)) || _tonightOnly.Contains(human);

    private bool GoesWithStudent(Human guardian)
    {
        var students = register.StudentsOf(guardian).ToList();

        // An earlier night that is sent again has students whom tonight's register has not, and the guard keeps some, with those who answer for them.
        return students.Exists(student => IsProtected(student) && student.IsPresent)
            && students.TrueForAll(student => IsProtected(student) || (_isPulled && !student.IsPresent && !student.Labels.Select(Ids.Of).Any(_kept.Contains)));
    }
}
