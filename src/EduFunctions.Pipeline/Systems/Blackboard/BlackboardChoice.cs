using System.Buffers;
using System.Collections;
using System.IO.Hashing;
using System.Numerics;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Who of a roster can stand in the feed. Whoever is left out takes memberships and associations along.</summary>
internal sealed class BlackboardChoice(Roster roster, BlackboardSettings settings, KnownFiles before)
{
    private const int BitsPerUserId = 8;

    private readonly BlackboardPersons _persons = new(roster, settings);
    private readonly CleanText _text = settings.CleanText();
    private readonly BitArray _chosen = new(roster.Persons.Count);
    private readonly FindingLog _findings = new();
    private readonly bool _isIdUserId = settings.UserId == "id";

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

    private void ChoosePerson(int row)
    {
        ref readonly var person = ref roster.Persons[row];
        var refusal = NameRefusal(person) ?? UserIdRefusal(person) ?? (IsTaken(person.Id) ? null : BlackboardFindings.IdRefused);
        _chosen[row] = refusal is null;
        if (refusal is not null)
        {
            _findings.Add(refusal, EntityKind.Person, person.Id);
        }
        else if (_text.IsLongerClean(roster[PersonEmail.Of(person)], LearnObject.LongestEmail))
        {
            _findings.Add(BlackboardFindings.EmailTooLong, EntityKind.Person, person.Id);
        }
    }

    private string? NameRefusal(in RosterPerson person) => NameRefusal(person.Texts.GivenName) ?? NameRefusal(person.Texts.FamilyName);

    private string? NameRefusal(Text name) => Refusal(roster[name], LearnObject.LongestName, BlackboardFindings.NameMissing);

    private string? Refusal(ReadOnlySpan<byte> value, int longest, string missing) =>
        _text.IsBlank(value) ? missing
        : _text.IsLongerClean(value, longest) ? BlackboardFindings.TooLong
        : null;

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

    private string? UserIdRefusal(in RosterPerson person) =>
        _isIdUserId ? null : Refusal(roster[_persons.UserId(person)], LearnObject.LongestUserId, BlackboardFindings.UserIdMissing);

    /// <summary>Of people with the same user id, whoever Learn has had by it stays, else the first.</summary>
    private void SettleUserIds()
    {
        if (_isIdUserId)
        {
            return;
        }

        var hashes = HashesOfUserIds();
        var repeated = Repeated(hashes);
        if (repeated.Length > 0)
        {
            var rows = Enumerable.Range(0, hashes.Length).Where(row => Array.BinarySearch(repeated, hashes[row]) >= 0);
            foreach (var same in rows.GroupBy(row => hashes[row]))
            {
                SettleUserId(same);
            }
        }
    }

    /// <summary>By row; 0 for whoever is not chosen.</summary>
    private ulong[] HashesOfUserIds()
    {
        var hashes = new ulong[roster.Persons.Count];
        RowRanges.ForEach(hashes.Length, (first, end) =>
        {
            var text = settings.CleanText();
            for (var row = first; row < end; row++)
            {
                hashes[row] = _chosen[row] ? HashOf(text.Clean(roster[_persons.UserId(roster.Persons[row])])) | 1 : 0;
            }
        });
        return hashes;
    }

    /// <summary>Learn knows no case in user ids.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> userId)
    {
        Span<byte> folded = stackalloc byte[LearnObject.LongestUserId];
        return System.Text.Ascii.ToUpper(userId, folded, out var length) == OperationStatus.Done
            ? XxHash3.HashToUInt64(folded[..length])
            : XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(userId).ToUpperInvariant()));
    }

    /// <summary>The hashes of several people, sorted. Only those that share a bit with another are compared: nearly all are seen once.</summary>
    private static ulong[] Repeated(ulong[] hashes)
    {
        var mask = BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, hashes.Length) * BitsPerUserId) - 1;
        var (seen, seenAgain) = (new BitArray((int)mask + 1), new BitArray((int)mask + 1));
        foreach (var hash in hashes)
        {
            var bit = (int)((hash >> 1) & mask);
            (seen[bit] ? seenAgain : seen)[bit] = true;
        }

        var candidates = new Table<ulong>();
        foreach (var hash in hashes)
        {
            if (hash != 0 && seenAgain[(int)((hash >> 1) & mask)])
            {
                candidates.Add(hash);
            }
        }

        candidates.Rows.Sort();
        var repeated = new Table<ulong>();
        for (var at = 1; at < candidates.Count; at++)
        {
            if (candidates[at] == candidates[at - 1])
            {
                repeated.Add(candidates[at]);
            }
        }

        return repeated.Rows.ToArray();
    }

    private void SettleUserId(IEnumerable<int> sameHash)
    {
        foreach (var same in sameHash.GroupBy(UserId, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
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
        for (var rows = new KnownRows(LearnObject.Person, before); rows.Current is { } row; rows.Next())
        {
            // Where only keys are known, whoever was there before comes before who is new.
            var isHolder = !row.HasValues || userId.Equals(System.Text.Encoding.UTF8.GetString(row.Value("user_id")), StringComparison.OrdinalIgnoreCase);
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
        var names = new SectionNames(roster, settings.CourseName, _text);
        var sections = roster.SectionsOf(settings.GroupTypes);
        for (var row = 0; row < sections.Length; row++)
        {
            if (!sections[row])
            {
                continue;
            }

            var name = names.Of(roster.Sections[row]);
            var isTooLong = CleanText.IsLonger(name, LearnObject.LongestCourseName);
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

            if (!_persons.IsGuardian(pair.Guardian))
            {
                _findings.Add(BlackboardFindings.ObserverRole, EntityKind.Person, roster.Persons[pair.Guardian].Id, roster.Persons[pair.Student].Id);
            }
            else if (!_persons.MayBeObserved(pair.Student))
            {
                _findings.Add(BlackboardFindings.ObservedRole, EntityKind.Person, roster.Persons[pair.Student].Id, roster.Persons[pair.Guardian].Id);
            }
        }
    }
}
