using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>The current rows of the objects, in the order of their keys.</summary>
internal sealed class BlackboardContent
{
    /// <summary>Ids are looked up so many at a time, in a loop of their own, where the processor waits for many of them at once.</summary>
    private const int BatchSize = 256;

    private readonly Roster _roster;
    private readonly BitArray _chosen;
    private readonly BitArray _sections;
    private readonly BlackboardSettings _settings;
    private readonly CleanText _text;
    private readonly BlackboardPersons _persons;
    private readonly BitArray? _notYet;
    private readonly LearnNodes? _nodes;
    private Dictionary<ulong, EntityId>? _userIds;

    public BlackboardContent(FeedInput input)
    {
        _roster = input.Roster;
        _chosen = input.Selection.Persons;
        _sections = input.Selection.Sections;
        _settings = (BlackboardSettings)input.Settings;
        _text = _settings.CleanText();
        _persons = new BlackboardPersons(_roster, _settings);
        _nodes = _settings.Hierarchy is { } hierarchy ? new LearnNodes(_roster, hierarchy, _text) : null;
        _notYet = _settings.Availability == BlackboardSettings.FromStartDay ? NotBegun.Find(_roster, Day.From(input.Date)) : null;
    }

    /// <summary>What writes each object, in the order in which Learn needs them.</summary>
    public IReadOnlyList<(LearnObject Kind, Action<ILearnRows> Write)> InOrder =>
    [
        (LearnObject.Node, WriteNodes), (LearnObject.Person, WritePersons), (LearnObject.SecondaryRole, WriteSecondaryRoles), (LearnObject.Course, WriteCourses),
        (LearnObject.UserAssociation, WriteUserAssociations), (LearnObject.CourseAssociation, WriteCourseAssociations),
        (LearnObject.Membership, WriteMemberships), (LearnObject.Observer, WriteObservers),
    ];

    public void WriteNewPersons(NewPersonWriter rows)
    {
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (_chosen[row] && rows.BeginRow(_roster.Persons[row].Id, out var csv))
            {
                WritePerson(csv, row, takesLogin: true);
                rows.EndRow();
            }
        }
    }

    /// <summary>Who is to have each login name, by its hash.</summary>
    public Dictionary<ulong, EntityId> UserIds() => _userIds ??= FindUserIds();

    private Dictionary<ulong, EntityId> FindUserIds()
    {
        var holders = new Dictionary<ulong, EntityId>();
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (_chosen[row])
            {
                holders[(ulong)CaseFold.Hash(_persons.UserId(_roster, _roster.Persons[row], _text))] = _roster.Persons[row].Id;
            }
        }

        return holders;
    }

    public void WriteAside(AsideWriter rows)
    {
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (_chosen[row] && rows.BeginRow(_roster.Persons[row].Id, out var csv))
            {
                WriteValues(csv, row);
                rows.EndRow();
            }
        }

        rows.Finish();
    }

    private void WritePersons(ILearnRows rows)
    {
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (_chosen[row] && rows.BeginRow(_roster.Persons[row].Id, out var csv))
            {
                WritePerson(csv, row, rows.TakesLogin(_roster.Persons[row].Id));
                rows.EndRow();
            }
        }
    }

    /// <summary>The organisation's node, where Learn does not have it yet or may have lost it: the others hang below it, and stand in the order of their keys.</summary>
    public void WriteFirstNode(KnownRows known, FeedFiles files, bool isAgain)
    {
        if (_nodes?.First is not { } node)
        {
            return;
        }

        for (; !isAgain && known.Current is { } there; known.Next())
        {
            if (there.First.SequenceEqual(node.Key))
            {
                return;
            }
        }

        using var rows = LearnFileWriter.Open(
            files.Create(LearnObject.Node.NewFile), _settings,
            [.. LearnObject.Node.Keys.Concat(LearnObject.Node.Values).Select(column => column.Name), .. LearnFileWriter.SourceColumn(_settings)]);
        rows.Value(node.Key);
        WriteNode(rows, node.Parent, node.Name);
        if (_settings.DataSourceKeyBytes is { } source)
        {
            rows.Value(source);
        }

        rows.EndRow();
    }

    private void WriteNodes(ILearnRows rows)
    {
        foreach (var (key, parent, name) in _nodes?.InOrder() ?? [])
        {
            if (rows.BeginRow(key, default, out var csv))
            {
                WriteNode(csv, parent, name);
                rows.EndRow();
            }
        }
    }

    private void WriteUserAssociations(ILearnRows rows)
    {
        foreach (var (key, unit, person) in _nodes is not null && _settings.Hierarchy!.Users ? LearnAssociations.OfUsers(_roster, _nodes, _chosen) : [])
        {
            var id = _roster.Persons[person].Id;
            if (rows.BeginRowOf(id, key, out var csv))
            {
                csv.Value(_nodes![unit]);
                csv.Value(id);
                rows.EndRow();
            }
        }
    }

    private void WriteCourseAssociations(ILearnRows rows)
    {
        foreach (var (key, unit, section) in _nodes is not null && _settings.Hierarchy!.Courses ? LearnAssociations.OfCourses(_roster, _nodes, _sections) : [])
        {
            if (rows.BeginRow(key, out var csv))
            {
                csv.Value(_nodes![unit]);
                csv.Value(_roster.Sections[section].Id);
                csv.Value("Y"u8);
                rows.EndRow();
            }
        }
    }

    private void WriteSecondaryRoles(ILearnRows rows)
    {
        if (_settings.SecondaryRoles is not { } settings)
        {
            return;
        }

        var map = new SecondaryRoleMap(_roster, settings);
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            for (var role = 0; _chosen[row] && role < map.Roles.Count; role++)
            {
                if (map.Has(row, role) && rows.BeginRow(_roster.Persons[row].Id, map.Roles[role], out _))
                {
                    rows.EndRow();
                }
            }
        }
    }

    private void WriteCourses(ILearnRows rows)
    {
        var names = new SectionNames(_roster, _settings.CourseName, _text);
        var ids = LearnCourses.Ids(_roster);
        for (var row = 0; row < _roster.Sections.Count; row++)
        {
            ref readonly var section = ref _roster.Sections[row];
            if (_sections[row] && rows.BeginRow(section.Id, out var csv))
            {
                csv.Value(ids[row]);
                csv.Value(names.Of(section));
                csv.Value("Y"u8);
                rows.EndRow();
            }
        }
    }

    private void WriteMemberships(ILearnRows rows)
    {
        var (sections, persons) = (_roster.SectionIds(), _roster.PersonIds());
        var (instructor, student) = (LearnFileWriter.Values(_settings, "Instructor", "Y"), LearnFileWriter.Values(_settings, "Student", "Y"));
        var memberships = new Memberships(_roster);
        Span<Membership> batch = stackalloc Membership[BatchSize];
        Span<EntityId> ids = stackalloc EntityId[BatchSize];
        while (memberships.Read(batch) is > 0 and var count)
        {
            for (var at = 0; at < count; at++)
            {
                ids[at] = persons[batch[at].Person];
            }

            for (var at = 0; at < count; at++)
            {
                if (_sections[batch[at].Section] && _chosen[batch[at].Person] && rows.BeginRow(sections[batch[at].Section], ids[at], out var csv))
                {
                    csv.Joined(batch[at].Teaches ? instructor : student);
                    rows.EndRow();
                }
            }
        }
    }

    private void WriteObservers(ILearnRows rows)
    {
        if (!_settings.Observers)
        {
            return;
        }

        Span<EntityId> students = stackalloc EntityId[BatchSize];
        for (var pairs = _roster.Guardianships.Rows; !pairs.IsEmpty; pairs = pairs[Math.Min(BatchSize, pairs.Length)..])
        {
            var batch = pairs[..Math.Min(BatchSize, pairs.Length)];
            for (var at = 0; at < batch.Length; at++)
            {
                students[at] = _roster.Persons[batch[at].Student].Id;
            }

            for (var at = 0; at < batch.Length; at++)
            {
                var (guardian, student) = batch[at];
                if (_chosen[guardian] && _chosen[student] && _persons.IsGuardian(guardian) && _persons.MayBeObserved(student)
                    && rows.BeginRow(_roster.Persons[guardian].Id, students[at], out _))
                {
                    rows.EndRow();
                }
            }
        }
    }

    private static void WriteNode(CsvWriter csv, byte[] parent, byte[] name)
    {
        csv.Value(parent);
        csv.Value(name);
    }

    /// <summary>A person's values, in the order of the columns.</summary>
    private void WritePerson(CsvWriter csv, int row, bool takesLogin)
    {
        ref readonly var person = ref _roster.Persons[row];
        if (_settings.UserId == BlackboardSettings.OwnId)
        {
            csv.Value(person.Id);
        }
        else if (!takesLogin)
        {
            csv.Value(OwnLogin.Of(person.Id));
        }
        else
        {
            csv.Value(_persons.UserId(_roster, person, _text));
        }

        WriteValues(csv, row);
    }

    /// <summary>What stands behind the login name.</summary>
    private void WriteValues(CsvWriter csv, int row)
    {
        ref readonly var person = ref _roster.Persons[row];
        csv.Value(_text.Clean(_roster[person.Texts.GivenName]));
        csv.Value(_text.Clean(_roster[person.Texts.FamilyName]));
        var email = _text.CleanEmail(_roster[PersonEmail.Of(person)]);
        csv.Value(CleanText.IsLonger(email, LearnLimits.Email) ? default : email);
        csv.Value(_persons.InstitutionRole(row));
        csv.Value(_persons.IsGuardian(row) ? "observer"u8 : "none"u8);
        csv.Value(_notYet?[row] == true ? "N"u8 : "Y"u8);
    }
}
