using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Changed rows of a collection beside those they replace. A changed row has everything, as any row has; one without what the row before had has been cut
/// short, and what it lacks is not gone: it keeps that until the next full pull, and what it says counts.
/// </summary>
/// <param name="own">Properties that the tenant file reads beside those of the standard.</param>
internal sealed class WholeRows(string collection, IReadOnlyList<string> own, int mostPercent)
{
    private const int Fewest = 10;

    /// <summary>Of shorter lists a part says nothing.</summary>
    private const int FewestItems = 3;

    /// <summary>One in so many properties may be missing, of those that nobody reads.</summary>
    private const int SmallShare = 5;

    /// <summary>What somebody becomes something by, as reading has it. Without an end a thing goes on: that an end is gone takes nobody away.</summary>
    private static readonly Dictionary<string, string[]> Needed = new()
    {
        ["organisations"] = ["displayName", "organisationType", "parentOrganisation", "schoolUnitCode", "organisationCode", "schoolTypes", "municipalityCode", "startDate"],
        ["syllabuses"] = ["subjectCode", "subjectName", "courseCode", "courseName"],
        ["persons"] =
        [
            "givenName", "familyName", "personStatus", "securityMarking", "enrolments", "responsibles", "addresses", "emails", "eduPersonPrincipalNames", "externalIdentifiers",
            "civicNo",
        ],
        ["groups"] = ["displayName", "groupType", "organisation", "groupMemberships", "schoolType", "startDate"],
        ["placements"] = ["child", "placedAt", "group", "schoolType", "startDate"],
        ["duties"] = ["person", "dutyAt", "dutyRole", "assignmentRole", "startDate"],
        ["activities"] = ["groups", "teachers", "syllabus", "startDate"],
    };

    private readonly Dictionary<EntityId, byte[]> _completed = [];
    private readonly SortedSet<string> _lacking = new(StringComparer.Ordinal);

    /// <summary>Name of the property that a completed row has besides: the proof passes such rows over, and the next whole row takes their place.</summary>
    public static ReadOnlySpan<byte> Mark => "edufunctions:completed"u8;

    /// <summary>The row with what it lacked; null for one that was whole.</summary>
    public byte[]? Find(EntityId id) => _completed.GetValueOrDefault(id);

    public void Complete(EntityId id, ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        var (had, has) = (Members(before), Members(now));
        var missing = had.Where(member => !member.IsEmpty && !has.Exists(other => other.Name == member.Name && !IsCut(member, other))).ToList();
        var needed = missing.Select(member => member.Name).Where(name => Needed[collection].Contains(name) || own.Contains(name)).ToList();
        if (needed.Count == 0 && missing.Count * SmallShare <= had.Count)
        {
            return;
        }

        _lacking.UnionWith(needed);
        var row = new StringBuilder(Encoding.UTF8.GetString(now[..^1]));
        foreach (var member in missing)
        {
            row.Append(',').Append(Encoding.UTF8.GetString(before.Slice(member.Start, member.Length)));
        }

        _completed[id] = Encoding.UTF8.GetBytes(row.Append(",\"").Append(Encoding.UTF8.GetString(Mark)).Append("\":true}").ToString());
    }

    /// <exception cref="RunHeldException">So many cannot have been cut short by chance.</exception>
    [Told]
    public void RequireFew(int changed)
    {
        if (_completed.Count >= Fewest && _completed.Count * 100L > (long)changed * mostPercent)
        {
            throw new RunHeldException(
                $"{_completed.Count} of {changed} changed rows of {collection} lack what they had ({Lacking}), so the source does not hand out changes whole, and "
                + "nothing of them is taken. Sync without --changed, and report it to the source's support.");
        }
    }

    [Told]
    public PullNote? Note(int changed) => _completed.Count == 0 ? null : new PullNote(
        PullNote.Thin, collection,
        $"{_completed.Count} of {changed} changed rows of {collection} lack what they had ({Lacking}). They keep that until the next full pull.");

    /// <summary>Null in place of a list is what writers make of one that they have not loaded, and less than half of one may be the items that have changed.</summary>
    private static bool IsCut(Member before, Member now) =>
        before.Items > 0 && (now.IsNull || (before.Items >= FewestItems && now.Items > 0 && now.Items * 2 < before.Items));

    /// <summary>By the standard's names alone.</summary>
    private string Lacking => _lacking.Count > 0 ? string.Join(", ", _lacking.Where(Needed[collection].Contains)) : "…";

    private static List<Member> Members(ReadOnlySpan<byte> row)
    {
        var members = new List<Member>();
        var json = new Utf8JsonReader(row, new JsonReaderOptions { MaxDepth = PageBody.MaxDepth });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (start, text) = ((int)json.TokenStartIndex, Encoding.UTF8.GetString(JsonText.Of(ref json, out _)));
            json.Read();
            var (value, type, isNothing) = ((int)json.TokenStartIndex, json.TokenType, json.TokenType == JsonTokenType.String && json.ValueSpan.IsEmpty);
            json.Skip();
            var isEmpty = isNothing || type == JsonTokenType.Null || IsEmpty(row[value..(int)json.BytesConsumed]);
            if (!Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(Mark))
            {
                members.Add(new Member(text, start, (int)json.BytesConsumed - start, isEmpty, type == JsonTokenType.Null, Items(row[value..(int)json.BytesConsumed])));
            }
        }

        return members;
    }

    /// <summary>Whether it is a list or an object of nothing.</summary>
    private static bool IsEmpty(ReadOnlySpan<byte> value) => value[0] is (byte)'[' or (byte)'{' && value[1..^1].Trim(" \t\r\n"u8).IsEmpty;

    /// <summary>How many items a list has; 0 of what is none.</summary>
    private static int Items(ReadOnlySpan<byte> value)
    {
        var items = 0;
        var json = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = PageBody.MaxDepth });
        if (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                items++;
                json.Skip();
            }
        }

        return items;
    }

    private readonly record struct Member(string Name, int Start, int Length, bool IsEmpty, bool IsNull, int Items);
}
