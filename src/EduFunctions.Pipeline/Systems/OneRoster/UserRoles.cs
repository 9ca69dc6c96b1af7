using System.Globalization;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>What users are where: pupils have a place, staff a duty, and who answers for a pupil is named by one of the two.</summary>
internal sealed class UserRoles
{
    private readonly List<(EntityId User, string Role, EntityId Org, Day Start, Day End)> _roles = [];
    private readonly Dictionary<EntityId, RoleKinds> _kinds = [];
    private readonly Dictionary<EntityId, byte> _relations = [];
    private readonly Dictionary<EntityId, sbyte> _years = [];
    private readonly List<(EntityId User, EntityId Agent)> _agents = [];
    private readonly Dictionary<(int Person, int Unit), int> _duties = [];
    private readonly Dictionary<int, int> _firstDuties = [];

    [Flags]
    private enum RoleKinds
    {
        None = 0,
        Pupil = 1,
        Staff = 2,
        Guardian = 4,
    }

    public void Add(EntityId user, string role, EntityId org, Day start, Day end)
    {
        var kind = KindOf(role);
        _roles.Add((user, role, org, start, end));
        _kinds[user] = _kinds.GetValueOrDefault(user) | kind;
        if (kind == RoleKinds.Guardian)
        {
            _relations[user] = role == "guardian" ? AgentRelations.Guardian : role == "parent" ? AgentRelations.Parent : AgentRelations.Relative;
        }
    }

    /// <summary>A user has one address; whose it is, the roles tell.</summary>
    public IEnumerable<PersonText> EmailsOf(EntityId user)
    {
        var kinds = _kinds.GetValueOrDefault(user);
        if (kinds.HasFlag(RoleKinds.Pupil))
        {
            yield return PersonText.StudentEmail;
        }

        if (kinds.HasFlag(RoleKinds.Staff))
        {
            yield return PersonText.StaffEmail;
        }

        if ((kinds & (RoleKinds.Pupil | RoleKinds.Staff)) == 0)
        {
            yield return PersonText.PrivateEmail;
        }
    }

    /// <summary>The first grade that is a number; kindergarten is year 0.</summary>
    public void SetYear(EntityId user, string grades)
    {
        foreach (var grade in CsvValue.List(grades))
        {
            if (grade == "KG" || (sbyte.TryParse(grade, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year <= 10))
            {
                _years[user] = grade == "KG" ? (sbyte)0 : sbyte.Parse(grade, CultureInfo.InvariantCulture);
                return;
            }
        }
    }

    public void AddAgents(EntityId user, IEnumerable<EntityId> agents) => _agents.AddRange(agents.Select(agent => (user, agent)));

    /// <summary>Adds places, duties and who answers for whom; users and units are there by then.</summary>
    public void AddTo(SourceData data)
    {
        foreach (var role in _roles)
        {
            var (person, unit) = (data.Persons.Find(role.User), data.Units.Find(role.Org));
            NoteDangling(data, person, role.User, "roles.userSourcedId");
            NoteDangling(data, unit, role.Org, "roles.orgSourcedId");
            if (person >= 0 && KindOf(role.Role) == RoleKinds.Pupil)
            {
                AddPlace(data, person, unit, role.Org, role.Start, role.End, _years.GetValueOrDefault(role.User, (sbyte)-1));
            }
            else if (person >= 0 && KindOf(role.Role) == RoleKinds.Staff)
            {
                AddDuty(data, person, unit, role.Org, role.Start, role.End, role.Role);
            }
        }

        AddResponsibles(data);
    }

    /// <summary>Somebody's duty at a school, else the first anywhere, -1 without any.</summary>
    public int DutyOf(SourceData data, int person, int unit)
    {
        var duty = _duties.TryGetValue((person, unit), out var there) ? there : _firstDuties.GetValueOrDefault(person, -1);
        return duty >= 0 && data.Duties.IsCurrent(duty) ? duty : -1;
    }

    private static RoleKinds KindOf(string role) => role switch
    {
        "student" => RoleKinds.Pupil,
        "guardian" or "parent" or "relative" => RoleKinds.Guardian,
        _ when CsvForm.IsRole(role) => RoleKinds.Staff,
        _ => RoleKinds.None,
    };

    private static void AddPlace(SourceData data, int person, int unit, EntityId org, Day start, Day end, sbyte year) =>
        data.SchoolPlacements.Add(new PlacementRow
        {
            Person = person,
            Unit = unit,
            UnitId = org,
            Group = -1,
            Start = start,
            End = end,
            SchoolYear = year,
        });

    private void AddDuty(SourceData data, int person, int unit, EntityId org, Day start, Day end, string role)
    {
        var duty = data.Duties.Count;
        _duties.TryAdd((person, unit), duty);
        _firstDuties.TryAdd(person, duty);

        // Duties are not asked for by id; one each has to be.
        var id = EntityId.Derive(System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"duty|{data.Persons.Id(person)}|{org}|{role}|{duty}")));
        data.Duties.Add(id, new DutyRow { Person = person, Unit = unit, UnitId = org, Start = start, End = end, Role = data.Vocabularies.DutyRoles.Number(role) });
    }

    /// <summary>A pupil names those who answer for him or her, or is named by them.</summary>
    private void AddResponsibles(SourceData data)
    {
        var known = new HashSet<(int Student, EntityId Responsible)>();
        foreach (var (user, agent) in _agents)
        {
            foreach (var (pupil, other) in new[] { (user, agent), (agent, user) })
            {
                var student = data.Persons.Find(pupil);
                if (student >= 0 && _kinds.GetValueOrDefault(pupil).HasFlag(RoleKinds.Pupil) && _relations.TryGetValue(other, out var relation)
                    && known.Add((student, other)))
                {
                    data.Responsibles.Add(new ResponsibleRow { Student = student, Responsible = -1, ResponsibleId = other, Relation = relation });
                }
            }
        }
    }

    private static void NoteDangling(SourceData data, int row, EntityId id, string property)
    {
        if (row < 0 && !id.IsNone)
        {
            data.Findings.Add(FindingCodes.ReferenceDangling, EntityKind.Duty, default, id, property);
        }
    }
}
