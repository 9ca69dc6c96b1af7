using System.Globalization;
using System.Text.RegularExpressions;
using EduFunctions.Tests.Systems.OneRoster.Feed;

namespace EduFunctions.Tests.Systems.SchoolDataSync;

/// <summary>
/// School Data Sync's CSV format 2.1 and Entra behind it, read from Microsoft's pages and examples: what would be refused. Knows nothing of the feed.
/// </summary>
internal static partial class SdsRules
{
    private const string Staff =
        "principal chair professor researcher adjunct affiliate occupationalTherapist physicalTherapist speechTherapist visionTherapist paraprofessional "
        + "specialServices advisor proctor nurse officeStaff lecturer itAdmin administrator teacher faculty staff teacherAssistant assistant instructor "
        + "substitute coach alumni";

    /// <summary>By file, a line per column that it may have: name, ! for one that must be there and given, form, and what it may hold or leads to.</summary>
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["orgs"] = "sourcedId ! id|name ! text|type ! enum school university college district state national local campus municipality department|parentSourcedId - ref orgs",
        ["users"] = "sourcedId ! id|username ! upn|givenName ! name|familyName ! name|password - none|activeDirectoryMatchId - upn|email - email|phone - phone|sms - phone",
        ["roles"] = $"userSourcedId ! ref users|orgSourcedId ! ref orgs|role ! enum student other {Staff}|sessionSourcedId - ref academicSessions|"
            + "grade - enum IT PR PK TK KG 01 02 03 04 05 06 07 08 09 10 11 12 13|isPrimary - enum true false|roleStartDate - date|roleEndDate - date",
        ["classes"] = "sourcedId ! id|orgSourcedId ! ref orgs|title ! text|sessionSourcedIds - refs academicSessions|courseSourcedId - ref courses|code - text",
        ["enrollments"] = "classSourcedId ! ref classes|userSourcedId ! ref users|role ! enum student teacher",
        ["academicSessions"] = "sourcedId ! id|title ! text|type ! enum schoolYear semester term gradingPeriod|schoolYear - year|startDate - date|endDate - date",
        ["courses"] = "sourcedId ! id|orgSourcedId ! ref orgs|title ! text|code - text|schoolYearSourcedId - ref academicSessions|subject - text|grade - text",
        ["relationships"] = "userSourcedId ! ref users|relationshipUserSourcedId ! ref users|relationshipRole ! enum parent guardian relative aide doctor child other",
    };

    /// <summary>What may stand in a file once only.</summary>
    private static readonly Dictionary<string, string[]> Keys = new()
    {
        ["roles"] = ["userSourcedId", "orgSourcedId", "role"],
        ["enrollments"] = ["classSourcedId", "userSourcedId"],
        ["relationships"] = ["userSourcedId", "relationshipUserSourcedId"],
    };

    public static IReadOnlyList<string> Broken(byte[] zip) => Broken(FormRules.Files(zip));

    /// <param name="files">By name with ending, each with its header.</param>
    public static IReadOnlyList<string> Broken(Dictionary<string, List<string[]>> files)
    {
        var errors = new List<string>();
        foreach (var name in new[] { "orgs", "users", "roles" }.Where(name => !files.ContainsKey($"{name}.csv")))
        {
            errors.Add($"{name}: missing");
        }

        errors.AddRange(files.Keys.Where(file => !Tables.ContainsKey(file.Replace(".csv", "", StringComparison.Ordinal))).Select(file => $"{file}: no file of the format"));
        var ids = files.ToDictionary(file => file.Key[..^4], file => file.Value.Skip(1).Select(row => row[0]).ToHashSet());
        foreach (var (name, table) in Tables.Where(table => files.ContainsKey($"{table.Key}.csv")))
        {
            errors.AddRange(Check(name, [.. table.Split('|').Select(column => column.Split(' '))], files[$"{name}.csv"], ids));
        }

        if (errors.Count == 0)
        {
            errors.AddRange(ContactsWithoutAddress(files));
            errors.AddRange(files["users.csv"].Skip(1).GroupBy(row => row[1].ToUpperInvariant()).Where(same => same.Count() > 1).Select(_ => "users: a username twice"));
        }

        return errors;
    }

    private static IEnumerable<string> Check(string name, string[][] columns, List<string[]> rows, Dictionary<string, HashSet<string>> ids)
    {
        var header = rows[0];
        foreach (var column in columns.Where(column => column[1] == "!" && !header.Contains(column[0])))
        {
            yield return $"{name}: no {column[0]}";
        }

        foreach (var strange in header.Except(columns.Select(column => column[0])))
        {
            yield return $"{name}: what is {strange}?";
        }

        var key = Keys.GetValueOrDefault(name, ["sourcedId"]).Select(column => Array.IndexOf(header, column)).ToArray();
        if (rows.Skip(1).DistinctBy(row => string.Join('|', key.Select(at => row[at]))).Count() != rows.Count - 1)
        {
            yield return $"{name}: a key twice";
        }

        foreach (var row in rows.Skip(1))
        {
            foreach (var (column, value) in header.Zip(row))
            {
                if (columns.FirstOrDefault(known => known[0] == column) is { } known && !IsGood(value, known, ids))
                {
                    yield return $"{name}: {column} is \"{value}\"";
                }
            }
        }
    }

    private static bool IsGood(string value, string[] column, Dictionary<string, HashSet<string>> ids)
    {
        return value.Length == 0 ? column[1] == "-"
            : value.Length <= 256 && !value.AsSpan().ContainsAny('\r', '\n') && column[2] switch
            {
                "ref" => IsThere(value),
                "refs" => value.Split(',').All(IsThere),
                "enum" => column.Skip(3).Contains(value),
                "upn" => Upn().IsMatch(value) && value.Length <= 113,
                "name" => value.Length <= 64,
                "email" => Email().IsMatch(value),
                "phone" => value[0] == '+' && value[1..].All(char.IsAsciiDigit),
                "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                "year" => value.Length == 4 && value.All(char.IsAsciiDigit),
                "none" => false,
                _ => true,
            };

        bool IsThere(string id) => ids.TryGetValue(column[3], out var there) && there.Contains(id);
    }

    /// <summary>Contacts need names and an address.</summary>
    private static IEnumerable<string> ContactsWithoutAddress(Dictionary<string, List<string[]>> files)
    {
        var contacts = files.GetValueOrDefault("relationships.csv", []).Skip(1).Select(row => row[1]).ToHashSet();
        var email = Array.IndexOf(files["users.csv"][0], "email");
        return files["users.csv"].Skip(1).Where(row => contacts.Contains(row[0]) && row[email].Length == 0).Select(row => $"users: {row[0]} is a contact without address");
    }

    [GeneratedRegex(@"^[A-Za-z0-9'._!#^~+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
    private static partial Regex Upn();

    [GeneratedRegex(@"^[^@\s,;""]+@[^@\s,;""]+\.[^@\s,;"".]+$")]
    private static partial Regex Email();
}
