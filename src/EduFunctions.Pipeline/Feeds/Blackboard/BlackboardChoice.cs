using System.Collections;
using System.IO.Hashing;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.Blackboard;

/// <summary>Who of a roster can stand in the feed. Whoever is left out takes memberships and associations along.</summary>
internal sealed class BlackboardChoice(Roster roster, BlackboardSettings settings, HeldFiles before)
{
    private readonly BlackboardPersons _persons = new(roster, settings);
    private readonly BlackboardText _text = new(settings.DelimiterByte);
    private readonly BitArray _chosen = new(roster.Persons.Count);
    private readonly FindingLog _findings = new();

    public FeedSelection Choose()
    {
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if (_persons.IsWanted(roster.Persons[row]))
            {
                ChoosePerson(row);
            }
        }

        SettleUserIds();
        var sections = ChooseSections();
        ReportAssociations();
        return new FeedSelection(_chosen, sections, _findings);
    }

    /// <summary>Whether Learn takes somebody as the observer of this person: it wants the built-in role.</summary>
    public static bool MayBeObserved(ReadOnlySpan<byte> institutionRole) => System.Text.Ascii.EqualsIgnoreCase(institutionRole, "STUDENT"u8);

    private void ChoosePerson(int row)
    {
        ref readonly var person = ref roster.Persons[row];
        var refusal = NameRefusal(person) ?? UserIdRefusal(person) ?? (IsTaken(person.Id) ? null : BlackboardFindings.IdRefused);
        _chosen[row] = refusal is null;
        if (refusal is not null)
        {
            _findings.Add(refusal, EntityKind.Person, person.Id);
        }
        else if (BlackboardText.IsLonger(_text.Clean(roster[BlackboardPersons.Email(person)]), SnapshotObject.LongestEmail))
        {
            _findings.Add(BlackboardFindings.EmailTooLong, EntityKind.Person, person.Id);
        }
    }

    private string? NameRefusal(in RosterPerson person) => NameRefusal(person.GivenName) ?? NameRefusal(person.FamilyName);

    private string? NameRefusal(Text name)
    {
        var clean = _text.Clean(roster[name]);
        return clean.IsEmpty ? BlackboardFindings.NameMissing
            : BlackboardText.IsLonger(clean, SnapshotObject.LongestName) ? BlackboardFindings.TooLong
            : null;
    }

    /// <summary>A key cannot be cleaned without becoming another.</summary>
    private bool IsTaken(EntityId id)
    {
        if (!id.IsText)
        {
            return true;
        }

        Span<byte> text = stackalloc byte[EntityId.LongestText];
        var key = text[..id.Format(text)];
        return _text.Clean(key).SequenceEqual(key);
    }

    private string? UserIdRefusal(in RosterPerson person)
    {
        if (settings.UserId == "id")
        {
            return null;
        }

        var clean = _text.Clean(roster[_persons.UserId(person)]);
        return clean.IsEmpty ? BlackboardFindings.UserIdMissing
            : BlackboardText.IsLonger(clean, SnapshotObject.LongestUserId) ? BlackboardFindings.TooLong
            : null;
    }

    /// <summary>Of people with the same user id, whoever Learn has had by it stays, else the first.</summary>
    private void SettleUserIds()
    {
        if (settings.UserId == "id")
        {
            return;
        }

        var (hashes, rows) = HashesOfUserIds();
        var same = new List<int>();
        for (var at = 0; at < rows.Length; at += same.Count)
        {
            same.Clear();
            for (var next = at; next < rows.Length && hashes[next] == hashes[at]; next++)
            {
                same.Add(rows[next]);
            }

            if (same.Count > 1)
            {
                SettleUserId(same);
            }
        }
    }

    private (ulong[] Hashes, int[] Rows) HashesOfUserIds()
    {
        var hashes = new Table<ulong>();
        var rows = new Table<int>();
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if (_chosen[row])
            {
                hashes.Add(XxHash3.HashToUInt64(_text.Clean(roster[_persons.UserId(roster.Persons[row])])));
                rows.Add(row);
            }
        }

        var (keys, items) = (hashes.Rows.ToArray(), rows.Rows.ToArray());
        Array.Sort(keys, items);
        return (keys, items);
    }

    private void SettleUserId(List<int> sameHash)
    {
        foreach (var same in sameHash.Order().GroupBy(UserId).Where(group => group.Count() > 1))
        {
            var holders = HoldersOf(same.Key);
            var stays = same.Where(row => holders.Contains(roster.Persons[row].Id)).Append(same.First()).First();
            foreach (var row in same.Where(row => row != stays))
            {
                _chosen[row] = false;
                _findings.Add(BlackboardFindings.UserIdTaken, EntityKind.Person, roster.Persons[row].Id);
            }
        }
    }

    private HashSet<EntityId> HoldersOf(string userId)
    {
        var holders = new HashSet<EntityId>();
        for (var rows = new HeldRows(SnapshotObject.Person, before); rows.Current is { } row; rows.Next())
        {
            // Where only keys are known, whoever was there before comes before who is new.
            var isHolder = !row.HasValues || System.Text.Encoding.UTF8.GetString(row.Value("user_id")) == userId;
            if (isHolder && EntityId.TryFind(row.First, out var id))
            {
                holders.Add(id);
            }
        }

        return holders;
    }

    private string UserId(int row) => System.Text.Encoding.UTF8.GetString(_text.Clean(roster[_persons.UserId(roster.Persons[row])]));

    private BitArray ChooseSections()
    {
        var names = new CourseNames(roster, settings, _text);
        var sections = roster.SectionsOf(settings.GroupTypes);
        for (var row = 0; row < sections.Length; row++)
        {
            if (!sections[row])
            {
                continue;
            }

            var name = names.Of(roster.Sections[row]);
            var isTooLong = BlackboardText.IsLonger(name, SnapshotObject.LongestCourseName);
            var refusal = isTooLong ? BlackboardFindings.TooLong
                : name.IsEmpty ? BlackboardFindings.CourseNameMissing
                : IsTaken(roster.Sections[row].Id) ? null
                : BlackboardFindings.IdRefused;
            sections[row] = refusal is null;
            if (refusal is not null)
            {
                _findings.Add(refusal, EntityKind.Group, roster.Sections[row].Group);
            }
        }

        return sections;
    }

    private void ReportAssociations()
    {
        if (!settings.Observers)
        {
            return;
        }

        foreach (ref readonly var pair in roster.Guardianships.Rows)
        {
            if (!_chosen[pair.Guardian] || !_chosen[pair.Student])
            {
                continue;
            }

            if (!BlackboardPersons.IsGuardian(roster.Persons[pair.Guardian]))
            {
                _findings.Add(BlackboardFindings.ObserverRole, EntityKind.Person, roster.Persons[pair.Guardian].Id, roster.Persons[pair.Student].Id);
            }
            else if (!MayBeObserved(_persons.InstitutionRole(pair.Student)))
            {
                _findings.Add(BlackboardFindings.ObservedRole, EntityKind.Person, roster.Persons[pair.Student].Id, roster.Persons[pair.Guardian].Id);
            }
        }
    }
}
