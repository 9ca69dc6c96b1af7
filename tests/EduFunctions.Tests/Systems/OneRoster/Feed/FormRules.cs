using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace EduFunctions.Tests.Systems.OneRoster.Feed;

/// <summary>The CSV binding of OneRoster 1.2, read from its tables: what a receiver that takes it at its word would refuse. Knows nothing of the feed.</summary>
internal static partial class FormRules
{
    private static readonly string[] Others =
    [
        "categories", "classResources", "courseResources", "demographics", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "resources",
        "resultLearningObjectiveIds", "results", "resultScoreScales", "scoreScales", "userProfiles", "userResources",
    ];

    /// <summary>A line per column: name, whether it must be given (! always, ~ for delta), format and what it may hold or leads to.</summary>
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["academicSessions"] = """
            sourcedId ! guid|status ~ enum active tobedeleted|dateLastModified ~ dateTime|title ! string|type ! enum+ gradingPeriod semester schoolYear term
            startDate ! date|endDate ! date|parentSourcedId - ref academicSessions|schoolYear ! year
            """,
        ["orgs"] = """
            sourcedId ! guid|status ~ enum active tobedeleted|dateLastModified ~ dateTime|name ! string|type ! enum+ department school district local state national
            identifier - string|parentSourcedId - ref orgs
            """,
        ["courses"] = """
            sourcedId ! guid|status ~ enum active tobedeleted|dateLastModified ~ dateTime|schoolYearSourcedId - ref academicSessions|title ! string|courseCode - string
            grades - strings|orgSourcedId ! ref orgs|subjects - strings|subjectCodes - strings
            """,
        ["users"] = """
            sourcedId ! guid|status ~ enum active tobedeleted|dateLastModified ~ dateTime|enabledUser ! enum true false|username ! string|userIds - strings
            givenName ! string|familyName ! string|middleName - string|identifier - string|email - string|sms - string|phone - string|agentSourcedIds - refs users
            grades - string|password - string|userMasterIdentifier - string|resourceSourcedIds - none|preferredGivenName - string|preferredMiddleName - string
            preferredFamilyName - string|primaryOrgSourcedId - ref orgs|pronouns - string
            """,
        ["roles"] = """
            sourcedId ! guid|status ~ enum active tobedeleted|dateLastModified ~ dateTime|userSourcedId ! ref users|roleType ! enum primary secondary
            role ! enum+ aide counselor districtAdministrator guardian parent principal proctor relative siteAdministrator student systemAdministrator teacher
            beginDate - date|endDate - date|orgSourcedId ! ref orgs|userProfileSourcedId - none
            """,
        ["classes"] = """
            sourcedId ! guid|status ~ enum active tobedeleted|dateLastModified ~ dateTime|title ! string|grades - strings|courseSourcedId ! ref courses
            classCode - string|classType ! enum+ homeroom scheduled|location - string|schoolSourcedId ! ref orgs|termSourcedIds ! refs academicSessions
            subjects - strings|subjectCodes - strings|periods - strings
            """,
        ["enrollments"] = """
            sourcedId ! guid|status ~ enum active tobedeleted|dateLastModified ~ dateTime|classSourcedId ! ref classes|schoolSourcedId ! ref orgs
            userSourcedId ! ref users|role ! enum+ administrator proctor student teacher|primary - enum true false|beginDate - date|endDate - date
            """,
    };

    public static IReadOnlyList<string> Broken(byte[] zip)
    {
        var errors = new List<string>();
        var files = Files(zip);
        var manifest = files.GetValueOrDefault("manifest.csv")?.Skip(1).ToDictionary(row => row[0], row => row[1]) ?? [];
        CheckManifest(manifest, files, errors);
        var ids = files.ToDictionary(file => file.Key[..^4], file => file.Value.Skip(1).Select(row => row[0]).ToHashSet());
        foreach (var (name, table) in Tables.Where(table => files.ContainsKey($"{table.Key}.csv")))
        {
            Check(name, [.. table.Split('|', '\n').Select(column => column.Trim().Split(' '))], files[$"{name}.csv"], manifest[$"file.{name}"] == "delta", ids, errors);
        }

        if (ids.ContainsKey("roles"))
        {
            CheckWholes(files, errors);
        }

        return errors;
    }

    /// <summary>By name, each with its header; a file that is no RFC 4180 in UTF-8 throws.</summary>
    public static Dictionary<string, List<string[]>> Files(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open(), new System.Text.UTF8Encoding(false, true));
            using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180 });
            var rows = new List<string[]>();
            while (csv.Read())
            {
                rows.Add(csv.Record!);
            }

            return rows;
        });
    }

    private static void CheckManifest(Dictionary<string, string> manifest, Dictionary<string, List<string[]>> files, List<string> errors)
    {
        Expect(manifest.GetValueOrDefault("manifest.version") == "1.0", "manifest.version");
        Expect(manifest.GetValueOrDefault("oneroster.version") == "1.2", "oneroster.version");
        foreach (var name in Tables.Keys.Concat(Others))
        {
            var value = manifest.GetValueOrDefault($"file.{name}");
            Expect(value is "absent" or "bulk" or "delta", $"file.{name} is {value}");
            Expect(files.ContainsKey($"{name}.csv") == value is "bulk" or "delta", $"{name}.csv and the manifest do not agree");
        }

        Expect(files.Keys.All(file => file == "manifest.csv" || Tables.ContainsKey(file[..^4])), "a file that nobody knows, or in a folder");
        Expect(manifest.Where(entry => entry.Key.StartsWith("file.", StringComparison.Ordinal)).Select(entry => entry.Value).Distinct().Count() <= 2, "bulk and delta");

        void Expect(bool holds, string error) => errors.AddRange(holds ? [] : [$"manifest: {error}"]);
    }

    private static void Check(string name, string[][] columns, List<string[]> rows, bool isDelta, Dictionary<string, HashSet<string>> ids, List<string> errors)
    {
        if (!rows[0].SequenceEqual(columns.Select(column => column[0])))
        {
            errors.Add($"{name}: header");
        }

        if (rows.Count < 2 || rows.Skip(1).DistinctBy(row => row[0]).Count() != rows.Count - 1)
        {
            errors.Add($"{name}: no rows, or an id twice");
        }

        foreach (var (line, row) in rows.Index().Skip(1))
        {
            foreach (var (at, column) in columns.Index())
            {
                if (!IsGood(row[at], column, isDelta, ids))
                {
                    errors.Add($"{name} row {line}: {column[0]} is \"{row[at]}\"");
                }
            }
        }
    }

    private static bool IsGood(string value, string[] column, bool isDelta, Dictionary<string, HashSet<string>> ids)
    {
        var (needed, words) = (column[1], column[3..]);
        return value.Length == 0 ? needed == "-" || (needed == "~" && !isDelta)
            : (needed != "~" || isDelta) && (value.Length <= 255 || column[2] == "refs") && !value.Contains('\r') && !value.Contains('\n') && column[2] switch
            {
                "guid" => Guid().IsMatch(value),
                "ref" => IsReference(value),
                "refs" => value.Split(',').All(IsReference),
                "enum" => words.Contains(value),
                "enum+" => words.Contains(value) || value.StartsWith("ext:", StringComparison.Ordinal),
                "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                "dateTime" => DateTimeForm().IsMatch(value),
                "year" => value.Length == 4 && value.All(char.IsAsciiDigit),
                "none" => false,
                _ => true,
            };

        // What has not changed is in no file of a delta.
        bool IsReference(string id) => Guid().IsMatch(id) && (isDelta || (ids.TryGetValue(words[0], out var there) && there.Contains(id)));
    }

    /// <summary>What concerns more than one field: one primary role of a user at an org, lists of one length, users with a role.</summary>
    private static void CheckWholes(Dictionary<string, List<string[]>> files, List<string> errors)
    {
        var roles = files["roles.csv"].Skip(1).Where(row => row[1] != "tobedeleted").ToList();
        errors.AddRange(roles.Where(row => row[4] == "primary").GroupBy(row => (row[3], row[8])).Where(same => same.Count() > 1).Select(same => $"roles: {same.Key} is primary twice"));
        errors.AddRange(files.GetValueOrDefault("courses.csv", []).Skip(1)
            .Where(row => row[9].Length > 0 && row[8].Split(',').Length != row[9].Split(',').Length).Select(row => $"courses: subjects of {row[0]}"));
        var withRole = roles.Select(row => row[3]).ToHashSet();
        errors.AddRange(files.GetValueOrDefault("users.csv", []).Skip(1)
            .Where(row => row[1].Length == 0 && !withRole.Contains(row[0])).Select(row => $"users: {row[0]} has no role"));
    }

    [GeneratedRegex("^[0-9A-Za-z._/@-]{1,255}$")]
    private static partial Regex Guid();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    private static partial Regex DateTimeForm();
}
