using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Takes out of decisions what a feed for some schools or roles does not have: as if the register had no more than that.</summary>
internal sealed class FeedScope
{
    private const int DeepestHierarchy = 32;

    /// <summary>No rule's: nobody is told of it, since the run's own decisions say what was decided.</summary>
    private static readonly Reasons Elsewhere = new(1u << (Reasons.Most - 1));

    private readonly Decisions _decisions;
    private readonly SourceData _data;

    /// <summary>By row of the units: the roles that the feed has there.</summary>
    private readonly Roles[] _roles;

    private FeedScope(Decisions decisions, FeedSetup feed)
    {
        (_decisions, _data) = (decisions, decisions.Data);
        _roles = RolesOf(feed);
    }

    /// <exception cref="RunHeldException">The register has no school of a name.</exception>
    public static void Narrow(Decisions decisions, FeedSetup feed)
    {
        var scope = new FeedScope(decisions, feed);
        scope.NarrowUnits();
        scope.NarrowRoles(Roles.Student, scope.NarrowPlacements());
        scope.NarrowRoles(Roles.Staff, scope.NarrowDuties());
        scope.NarrowGuardians();
    }

    private Roles[] RolesOf(FeedSetup feed)
    {
        var everywhere = Parsed(feed.Roles) ?? Roles.Student | Roles.Staff | Roles.Guardian;
        var schools = feed.Schools?.Select(school => Unit(school, feed)).Distinct().ToDictionary(unit => unit, _ => everywhere);
        var exceptions = Exceptions(feed);
        var roles = new Roles[_data.Units.Count];
        for (var unit = 0; unit < roles.Length; unit++)
        {
            roles[unit] = schools is null || Nearest(unit, schools) is not null ? Nearest(unit, exceptions) ?? everywhere : Roles.None;
        }

        return roles;
    }

    /// <summary>A school has an id and a code, and each of them may be written in two ways.</summary>
    [Told]
    private Dictionary<int, Roles> Exceptions(FeedSetup feed)
    {
        var exceptions = new Dictionary<int, Roles>();
        foreach (var (school, roles) in feed.RolesBySchool ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (!exceptions.TryAdd(Unit(school, feed), Parsed(roles)!.Value))
            {
                throw new RunHeldException($"Feed {feed.Name} names the school {school} twice in rolesBySchool, by its id and its code. Name it once.");
            }
        }

        return exceptions;
    }

    private static Roles? Parsed(IReadOnlyList<string>? names) => names?.Aggregate(Roles.None, (all, name) => all | RoleNames.All[name]);

    /// <summary>By its id, or by a code that no other has; neither knows case.</summary>
    [Told]
    private int Unit(string school, FeedSetup feed)
    {
        var current = Enumerable.Range(0, _data.Units.Count).Where(_data.Units.IsCurrent).ToList();
        var named = current.Where(row => IsSame(_data.Units.Id(row).ToString(), school)).ToList();
        named = named.Count > 0 ? named : current.Where(row => IsSame(_data.Texts.ToString(_data.Units[row].SchoolUnitCode), school)).ToList();
        return named.Count switch
        {
            1 => named[0],
            0 => throw new RunHeldException($"Feed {feed.Name} is for the school {school}, which the register does not have. Correct schools or rolesBySchool."),
            _ => throw new RunHeldException($"Feed {feed.Name} is for the school {school}, a code that {named.Count} units of the register have. Name the unit by its id."),
        };
    }

    private static bool IsSame(string name, string school) => string.Equals(name, school, StringComparison.OrdinalIgnoreCase);

    /// <summary>Of the unit itself or the nearest above it; null where there is none.</summary>
    private Roles? Nearest(int unit, Dictionary<int, Roles> named)
    {
        for (var depth = 0; unit >= 0 && depth < DeepestHierarchy; depth++)
        {
            if (named.TryGetValue(unit, out var roles))
            {
                return roles;
            }

            unit = _data.Units[unit].Parent;
        }

        return null;
    }

    private bool Has(int unit, Roles role) => unit >= 0 && (_roles[unit] & role) != 0;

    private void NarrowUnits()
    {
        for (var row = 0; row < _roles.Length; row++)
        {
            _decisions.Units[row] |= _roles[row] == Roles.None ? Elsewhere : Reasons.None;
            _decisions.DutyUnits[row] = _decisions.DutyUnits[row].Where(unit => Has(unit, Roles.Staff)).ToList();
        }

        for (var row = 0; row < _decisions.Groups.Length; row++)
        {
            _decisions.Groups[row] |= _data.Groups[row].Unit is >= 0 and var unit && _roles[unit] != Roles.None ? Reasons.None : Elsewhere;
        }
    }

    /// <returns>By row of the persons: whether a placement is left.</returns>
    private bool[] NarrowPlacements()
    {
        var isLeft = new bool[_data.Persons.Count];
        for (var row = 0; row < _decisions.Placements.Length; row++)
        {
            ref readonly var placement = ref _data.SchoolPlacements[row];
            if (!Has(placement.Unit, Roles.Student))
            {
                _decisions.Placements[row] |= Elsewhere;
            }
            else if (placement.Person >= 0)
            {
                isLeft[placement.Person] |= _decisions.Placements[row].Passes;
            }
        }

        return isLeft;
    }

    private bool[] NarrowDuties()
    {
        var isLeft = new bool[_data.Persons.Count];
        for (var row = 0; row < _decisions.Duties.Length; row++)
        {
            ref readonly var duty = ref _data.Duties[row];
            if (duty.Unit < 0 || _decisions.DutyUnits[duty.Unit].Count == 0)
            {
                _decisions.Duties[row] |= Elsewhere;
            }
            else if (duty.Person >= 0)
            {
                isLeft[duty.Person] |= _decisions.IsDuty(row);
            }
        }

        return isLeft;
    }

    private void NarrowRoles(Roles role, bool[] isLeft)
    {
        for (var person = 0; person < isLeft.Length; person++)
        {
            _decisions.Eligible[person] &= isLeft[person] ? ~Roles.None : ~role;
        }
    }

    /// <summary>A guardian is where the students are.</summary>
    private void NarrowGuardians()
    {
        var hasGuardians = new bool[_data.Persons.Count];
        for (var row = 0; row < _decisions.Placements.Length; row++)
        {
            ref readonly var placement = ref _data.SchoolPlacements[row];
            if (placement.Person >= 0 && _decisions.Placements[row].Passes)
            {
                hasGuardians[placement.Person] |= Has(placement.Unit, Roles.Guardian);
            }
        }

        var isLeft = new bool[_data.Persons.Count];
        var kept = _decisions.Guardianships.Rows.ToArray().Where(pair => hasGuardians[pair.Student] && _decisions.Is(pair.Student, Roles.Student)).ToArray();
        Array.ForEach(kept, pair => isLeft[pair.Guardian] = true);
        _decisions.Guardianships.Clear();
        _decisions.Guardianships.Add(kept);
        NarrowRoles(Roles.Guardian, isLeft);
    }
}
