namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Says in the plainest way who must not be seen: by the human, not by records.</summary>
internal sealed class MemoryOracle(RandomRegister register)
{
    private readonly Dictionary<Human, int> _clear = [];
    private readonly HashSet<Human> _tonightOnly = [];
    private readonly HashSet<Human> _tonightFree = [];
    private bool _isPulled;

    /// <param name="isPulled">Whether the night saw the register and decided on it.</param>
    /// <param name="isKept">Whether what it saw counts for later nights.</param>
    /// <param name="isBroken">Whether it saw everybody, and broke off: it takes nobody back.</param>
    public void See(bool isPulled, bool isKept, bool isBroken = false)
    {
        _tonightOnly.Clear();
        _tonightFree.Clear();
        _isPulled = isPulled;
        foreach (var human in isPulled ? register.Humans : isBroken ? register.Humans.Where(human => human is { IsPresent: true, Marking: not null }) : [])
        {
            if (human is { IsPresent: true, Marking: not null })
            {
                _tonightOnly.Add(human);
                if (isKept)
                {
                    _clear[human] = 0;
                }
            }
            else if (_clear.TryGetValue(human, out var pulls) && isKept)
            {
                _clear[human] = human.IsPresent ? pulls + 1 : 0;
            }
            else if (pulls > 0 && human.IsPresent)
            {
                // A dry run shows what the night would do, which would be the second to take the human back.
                _tonightFree.Add(human);
            }
        }

        foreach (var human in register.Humans.Where(human => _clear.GetValueOrDefault(human) >= 2))
        {
            _clear.Remove(human);
        }
    }

    /// <summary>Whoever is protected, and who answers for nobody but protected students.</summary>
    public IEnumerable<Human> Hidden() => register.Humans.Where(human => IsProtected(human) || (!human.IsStudent && GoesWithStudent(human)));

    public IEnumerable<Human> Protected() => register.Humans.Where(IsProtected);

    public IEnumerable<Human> Seen() => register.Humans.Where(human => human is { IsStudent: true, IsPresent: true } && !IsProtected(human));

    private bool IsProtected(Human human) => (_clear.ContainsKey(human) && !_tonightFree.Contains(human)) || _tonightOnly.Contains(human);

    private bool GoesWithStudent(Human guardian)
    {
        var students = register.StudentsOf(guardian).ToList();

        // An earlier night that is sent again has students whom tonight's register has not.
        return students.Exists(student => IsProtected(student) && student.IsPresent)
            && students.TrueForAll(student => IsProtected(student) || (_isPulled && !student.IsPresent));
    }
}
