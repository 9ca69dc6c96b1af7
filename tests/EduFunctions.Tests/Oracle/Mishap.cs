using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Oracle;

/// <summary>One thing a register got wrong, or that changed there: what kind, at which of the objects it fits, and how.</summary>
public sealed record Mishap(int Kind, int Where, int How)
{
    private static readonly int[] Margins = [0, 14];
    private static readonly string[] NoDates = ["2026-02-30", "", "i morgon", "20260901", "2026-9-1"];
    private static readonly string[] Markings = ["Sekretessmarkering", "Skyddad folkbokföring", "Ingen", "Spärrad"];
    private static readonly string[] Countries = ["Norge", " sverige ", "SWE", "Danmark", ""];
    private static readonly string[] States = ["Avliden", "Utvandrad", "Bortrest", "Aktiv"];
    private static readonly string[] Names =
    [
        "", "O'Prov", "Prov \"P\"", "Prov,\tvon", "Prov\u00A0\u00A0Hed", "Prov\\Hed;", "\u00A0Prov\r\n",
    ];

    private static readonly string[] Suffixes = ["T00:00:00", "T23:30:00.5+02:00", "Z", "-11:00", " 12:00", "T", "+2", "x"];
    private static readonly string[] Codes =
    [
        "organisationType", "groupType", "schoolType", "personStatus", "relationType", "dutyRole", "assignmentRoleType",
        "municipalityCode", "type",
    ];

    public override string ToString() => $"({Kind}, {Where}, {How})";

    public void Befall(JsonSchoolData town)
    {
        switch (Kind % 15)
        {
            case 0 or 1:
                Change(town, IsDated, row => row[How % 2 == 0 ? "startDate" : "endDate"] = NearALimit(How / 2));
                break;
            case 2:
                Change(town, IsDated, row => row[How % 2 == 0 ? "startDate" : "endDate"] = Pick(NoDates, How / 2));
                break;
            case 3:
                ChangeProperty(town, name => name is not ("id" or "meta"), (row, name) => row.Remove(name));
                break;
            case 4:
                ChangeProperty(town, name => name != "meta", (row, name) => row[name] = null);
                break;
            case 5:
                Repeat(town[Pick(Collections.All, Where)]);
                break;
            case 6:
                Change(town, HasId, row => row["id"] = row.Text("id")!.ToUpperInvariant());
                break;
            case 7:
                ChangeProperty(town, Codes.Contains, (row, name) => row[name] = name == "municipalityCode" ? "180" : "Okänd");
                break;
            case 8:
                Change(town, row => HasId(row) && !IsEntity(row), row => row["id"] = AnyId(town));
                break;
            case 9:
                Change(town, HasId, row => row["securityMarking"] = Pick(Markings, How));
                break;
            case 10:
                ChangeProperty(town, name => name == "country", (row, name) => row[name] = Pick(Countries, How));
                break;
            case 11:
                ChangeProperty(town, name => name == "personStatus", (row, name) => row[name] = Pick(States, How));
                break;
            case 12:
                ChangeProperty(town, name => name is "startDate" or "endDate", (row, name) => row[name] = row.Text(name) + Pick(Suffixes, How));
                break;
            case 13:
                ChangeProperty(town, name => name is "schoolYear" or "cancelled", (row, name) => row[name] = row[name]?.ToJsonString().Trim('"'));
                break;
            default:
                ChangeProperty(town, name => name is "givenName" or "familyName" or "displayName" or "schoolYear" or "enroledAt", Vary);
                break;
        }
    }

    /// <summary>A day on, before or behind one of the days on which a window opens or closes.</summary>
    private static string NearALimit(int how)
    {
        var margin = Pick(Margins, how / 6) * (how % 2 == 0 ? 1 : -1);
        return Night.Today.AddDays(margin + (how / 2 % 3) - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>The same entity once more, on a later page, with one thing missing; now and then the first copy goes.</summary>
    private void Repeat(IList<JsonObject> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var row = Pick([.. rows], How);
        var again = (JsonObject)row.DeepClone();
        again.Remove(Pick([.. again.Select(property => property.Key)], How / 7));
        rows.Add(again);
        if (How % 4 == 0)
        {
            rows.Remove(row);
        }
    }

    /// <summary>Of anything in the town, of whatever kind, or of nothing.</summary>
    private string AnyId(JsonSchoolData town) => How % 5 == 0
        ? Ids.Of("nobody")
        : Pick([.. Collections.All.SelectMany(name => town[name]).Select(row => row.Text("id")).OfType<string>()], How);

    private void Vary(JsonObject row, string name)
    {
        switch (name)
        {
            case "schoolYear":
                row[name] = How % 11;
                break;
            case "enroledAt":
                row["cancelled"] = How % 2 == 0;
                break;
            default:
                row[name] = Pick(Names, How);
                break;
        }
    }

    private void ChangeProperty(JsonSchoolData town, Func<string, bool> fits, Action<JsonObject, string> change) => Change(
        town,
        row => row.Any(property => fits(property.Key)),
        row => change(row, Pick([.. row.Select(property => property.Key).Where(fits)], How)));

    private void Change(JsonSchoolData town, Func<JsonObject, bool> fits, Action<JsonObject> change)
    {
        var found = Collections.All.SelectMany(name => town[name]).SelectMany(row => row.AllObjects()).Where(IsNoMeta).Where(fits).ToList();
        if (found.Count > 0)
        {
            change(Pick(found, Where));
        }
    }

    // Entities, enrolments, and the entries that tie somebody to a group or an activity.
    private static bool IsDated(JsonObject row) =>
        row.ContainsKey("startDate")
        || row.ContainsKey("duty")
        || row.ContainsKey("assignmentRoleType")
        || (row.ContainsKey("person") && !row.ContainsKey("relationType"));

    private static bool HasId(JsonObject row) => row.Text("id") is not null;

    private static bool IsEntity(JsonObject row) => row.ContainsKey("meta");

    private static bool IsNoMeta(JsonObject row) => !row.ContainsKey("created");

    private static T Pick<T>(IReadOnlyList<T> choices, int at) => choices[at % choices.Count];
}
