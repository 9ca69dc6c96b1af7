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

    /// <summary>Whether what the register says is no text.</summary>
    public bool IsUnreadable => Marking is { } marking && marking.Spelling[0] != '"';

    /// <summary>Of a guardian: whether the login is made of a pupil's name.</summary>
    public bool IsCalledByPupil { get; set; }

    /// <summary>Whether the register says by what somebody would be recognised.</summary>
    public bool IsReadable => IsPresent && !IsMasked;

    /// <summary>Whether the register makes name and address unreadable.</summary>
    public bool IsMasked { get; set; }

    public int Renamed { get; set; }

    /// <summary>Letters alone, so that it may be glued to anything.</summary>
    public string Word(string kind) => $"Zq{kind}{(char)('a' + Number)}x{(char)('a' + Renamed)}z";

    public string CivicNumber => string.Create(CultureInfo.InvariantCulture, $"2013{1 + (Number % 12):00}{1 + (Number * 2):00}-98{Number:00}");
}

/// <summary>A register in which anything may happen between two nights.</summary>
internal sealed class RandomRegister
{
    private const int Students = 7;
    private const int Guardians = 3;

    /// <summary>So many who have the same login are no longer taken for one human; whose record is masked has none.</summary>
    private const int Crowd = 6;

    /// <summary>So many bear a marking at least that is taken for the register's way of writing.</summary>
    private const int Enough = 10;

    /// <summary>So many bear at most what nobody can read: three of a few say nothing of any of them.</summary>
    private const int MostUnreadable = 2;

    private static readonly string[] GivenKinds = ["given", "middle", "called"];

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
            switch (_random.Next(10))
            {
                case 0 or 1 or 2:
                    human.Marking = (Places[_random.Next(Places.Length)], Spellings[_random.Next(Spellings.Length)]);
                    human.Marking = Humans.Count(each => each.IsUnreadable) > MostUnreadable ? human.Marking.Value with { Spelling = Spellings[0] } : human.Marking;
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
                case 7:
                    human.IsCalledByPupil = !human.IsCalledByPupil;
                    break;
                case 8 when human.Records.Count == 1:
                    human.Records.Add($"h{human.Number}d{human.Labels.Count}");
                    human.Labels.Add(human.Records[1]);
                    break;
                default:
                    human.IsPresent = !human.IsPresent;
                    break;
            }
        }
    }

    public JsonSchoolData Write()
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

        string[] members = [.. Humans.Where(human => human is { IsPresent: true, IsStudent: true }).SelectMany(human => human.Records)];
        school.Group("7a", "north", "Klass", members);
        school.Activity("hour", "north", "7a", null, "hugo's");
        NameGroup(school.Group("telling", "north", "Klass", members));
        foreach (var human in Humans.Where(human => human is { IsPresent: true, Marking: not null }))
        {
            Mark(school, human);
        }

        return school.Data;
    }

    /// <summary>Everybody who is not marked bears a word that nobody knows, in whatever record: enough of them that no such marking on a record says anything of anybody.</summary>
    public JsonSchoolData WriteRespelled()
    {
        var school = Write();
        var persons = school[Collections.Persons];
        var unmarked = persons.Where(person => person["securityMarking"]?.ToJsonString() == "\"Ingen\"").ToList();
        foreach (var person in unmarked)
        {
            person["securityMarking"] = "None";
        }

        for (var number = unmarked.Count; number < Enough; number++)
        {
            var hand = new SchoolBuilder(Night.Today).Employee($"hand{number}");
            hand["securityMarking"] = "None";
            persons.Add(hand);
        }

        return school;
    }

    private void NameGroup(JsonObject group)
    {
        // Guardians who go with a pupil are not protected themselves, and may be named.
        var named = Humans.Where(human => human is { IsReadable: true, IsStudent: true }).ToList();
        if (named.Count > 0 && _random.Next(3) > 0)
        {
            var human = named[_random.Next(named.Count)];
            var (given, family) = (human.Word(GivenKinds[_random.Next(GivenKinds.Length)]), human.Word("family"));
            group["displayName"] = RandomSpelling.OfName(_random, given, family);
        }
    }

    private void Describe(Human human, JsonObject person, string label)
    {
        var isSecond = label != human.Records[0];
        var (given, family) = human.IsMasked ? ("Skyddad", "Identitet") : (human.Word("given"), human.Word("family"));
        (person["givenName"], person["familyName"]) = isSecond && human.Marking is not null && _random.Next(2) == 0 ? ($"{family}, {given}", "") : (given, family);
        (person["middleName"], person["preferredGivenName"]) = human.IsMasked ? (null, null) : (human.Word("middle"), human.Word("called"));
        person["civicNo"] = MemoryTown.Civic(RandomSpelling.OfNumber(_random, human.CivicNumber));
        var login = $"{human.Word("login")}@id.example";
        person["eduPersonPrincipalNames"] = isSecond
            ? new JsonArray($"second.{login}", RandomSpelling.OfLogin(_random, login))
            : new JsonArray([LoginOf(human, login), login, .. Humans.Count(other => other.IsReadable) > Crowd ? (JsonNode[])["all@id.example"] : [], "saknas@id.example"]);
        person["emails"]![0]!["value"] = $"{human.Word("mail")}@elev.example";
        var digits = human.CivicNumber[2..].Replace("-", "", StringComparison.Ordinal);
        human.Values.UnionWith([.. GivenKinds.Append("family").Append("login").Append("mail").Select(human.Word), human.CivicNumber, digits]);
        if (human.IsMasked)
        {
            person["emails"] = new JsonArray();
            person["eduPersonPrincipalNames"] = new JsonArray();
        }
    }

    private string LoginOf(Human human, string login) =>
        human.IsCalledByPupil && !human.IsStudent && StudentsOf(human).FirstOrDefault(student => student.IsReadable) is { } pupil
            ? $"{pupil.Word("given")}.{pupil.Word("family")}.mamma@id.example"
            : login;

    /// <summary>Whether a marking that nobody can read stands on the human's own record, and on nothing that refers to it.</summary>
    public bool IsUnreadableItself(Human human) => human.IsUnreadable && !IsReferredTo(human);

    private bool IsReferredTo(Human human) => human.Marking!.Value.Place switch
    {
        "member" or "membership" => human.IsStudent,
        "responsible" => !human.IsStudent && StudentsOf(human).Any(student => student.IsPresent),
        _ => false,
    };

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
