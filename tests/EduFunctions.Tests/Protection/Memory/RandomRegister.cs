using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>One human with all that may give him or her away; every word of it stands nowhere else.</summary>
internal sealed class Human(int number, bool isStudent)
{
    public int Number { get; } = number;

    public bool IsStudent { get; } = isStudent;

    /// <summary>Labels of the records under which the register keeps the human now.</summary>
    public List<string> Records { get; } = [$"h{number}"];

    /// <summary>All labels there ever were.</summary>
    public HashSet<string> Labels { get; } = [$"h{number}"];

    public HashSet<string> Values { get; } = [];

    public bool IsPresent { get; set; } = true;

    /// <summary>What the register says, and where; null for nothing.</summary>
    public (string Place, string Spelling)? Marking { get; set; }

    /// <summary>Whether the register makes name and address unreadable.</summary>
    public bool IsMasked { get; set; }

    public int Renamed { get; set; }

    public string Word(string kind) => string.Create(CultureInfo.InvariantCulture, $"Zq{kind}{Number}x{Renamed}z");

    public string CivicNumber => string.Create(CultureInfo.InvariantCulture, $"2013{1 + (Number % 12):00}{1 + (Number * 2):00}-98{Number:00}");
}

/// <summary>A register in which anything may happen between two nights.</summary>
internal sealed class RandomRegister
{
    private const int Students = 7;
    private const int Guardians = 3;

    private static readonly string[] Spellings =
        ["\"Sekretessmarkering\"", "\"Skyddad folkbokföring\"", "\"sekretessmarkering\"", "\" Sekretessmarkering\"", "true", "[1]", "\"Skyddad Identitet\""];

    private static readonly string[] Places = ["person", "person", "person", "member", "membership", "responsible", "copy"];

    private readonly Random _random;

    public RandomRegister(Random random)
    {
        _random = random;
        Humans = [.. Enumerable.Range(0, Students + Guardians).Select(number => new Human(number, number < Students))];
    }

    public IReadOnlyList<Human> Humans { get; }

    /// <summary>Which students name a guardian.</summary>
    public IEnumerable<Human> StudentsOf(Human guardian) => Humans.Take(Students).Where(student => Students + (student.Number % Guardians) == guardian.Number);

    public void Change()
    {
        for (var event_ = _random.Next(4); event_ >= 0; event_--)
        {
            var human = Humans[_random.Next(Humans.Count)];
            switch (_random.Next(9))
            {
                case 0 or 1 or 2:
                    human.Marking = (Places[_random.Next(Places.Length)], Spellings[_random.Next(Spellings.Length)]);
                    human.IsMasked = _random.Next(3) == 0;
                    break;
                case 3 or 4:
                    (human.Marking, human.IsMasked) = (null, false);
                    break;
                case 5:
                    human.Renamed++;
                    break;
                case 6:
                    human.Records[0] = $"h{human.Number}n{human.Labels.Count}";
                    human.Labels.Add(human.Records[0]);
                    break;
                case 7 when human.Records.Count == 1:
                    human.Records.Add($"h{human.Number}d{human.Labels.Count}");
                    human.Labels.Add(human.Records[1]);
                    break;
                default:
                    human.IsPresent = !human.IsPresent;
                    break;
            }
        }
    }

    public ISchoolData Write()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Employee("hugo");
        school.Duty("hugo's", "hugo", "north");
        foreach (var human in Humans.Where(human => human.IsPresent))
        {
            foreach (var label in human.Records)
            {
                Describe(human, human.IsStudent ? school.Student(label, "north") : school.Guardian(label), label);
            }
        }

        foreach (var student in Humans.Where(human => human is { IsPresent: true, IsStudent: true }))
        {
            var guardian = Humans[Students + (student.Number % Guardians)];
            foreach (var label in guardian.IsPresent ? student.Records : [])
            {
                school.Responsible(label, guardian.Records[0]);
            }
        }

        school.Group("7a", "north", "Klass", [.. Humans.Where(human => human is { IsPresent: true, IsStudent: true }).SelectMany(human => human.Records)]);
        school.Activity("hour", "north", "7a", null, "hugo's");
        foreach (var human in Humans.Where(human => human is { IsPresent: true, Marking: not null }))
        {
            Mark(school, human);
        }

        return school.Data;
    }

    private static void Describe(Human human, JsonObject person, string label)
    {
        var (given, family) = human.IsMasked ? ("Skyddad", "Identitet") : (human.Word("given"), human.Word("family"));
        (person["givenName"], person["familyName"]) = (given, family);
        person["civicNo"] = MemoryTown.Civic(human.CivicNumber);
        person["eduPersonPrincipalNames"] = new JsonArray($"{human.Word("login")}{(label == human.Records[0] ? "" : "b")}@id.example");
        person["emails"]![0]!["value"] = $"{human.Word("mail")}@elev.example";
        human.Values.UnionWith([human.Word("given"), human.Word("family"), human.Word("login"), human.Word("mail"), human.CivicNumber]);
        if (human.IsMasked)
        {
            person["emails"] = new JsonArray();
            person["eduPersonPrincipalNames"] = new JsonArray();
        }
    }

    private static void Mark(SchoolBuilder school, Human human)
    {
        var (place, spelling) = human.Marking!.Value;
        var (label, marking) = (human.Records[^1], JsonNode.Parse(spelling));
        var person = school.Person(label);
        var member = school.Data[Collections.Groups][0]["groupMemberships"]!.AsArray().FirstOrDefault(row => (string?)row!["person"]!["id"] == Ids.Of(label));
        var named = school.Data[Collections.Persons].Where(row => row["responsibles"] is JsonArray).SelectMany(row => row["responsibles"]!.AsArray())
            .FirstOrDefault(row => (string?)row!["person"]!["id"] == Ids.Of(label));
        switch (place)
        {
            case "member" when member is not null:
                member["person"]!["securityMarking"] = marking;
                break;
            case "membership" when member is not null:
                member["securityMarking"] = marking;
                break;
            case "responsible" when named is not null:
                named["securityMarking"] = marking;
                break;
            case "copy":
                var copy = (JsonObject)person.DeepClone();
                copy["securityMarking"] = marking;
                school.Data[Collections.Persons].Insert(0, copy);
                break;
            default:
                person["securityMarking"] = marking;
                break;
        }
    }
}
