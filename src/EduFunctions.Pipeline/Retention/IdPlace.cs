namespace EduFunctions.Pipeline.Retention;

/// <summary>What stands in a place of a stored text, as far as the place's name says: an id is looked for where ids stand, since many a name looks like one.</summary>
internal enum IdPlace
{
    /// <summary>The name says nothing of it.</summary>
    Unclear,

    /// <summary>Ids of persons.</summary>
    Person,

    /// <summary>Login names.</summary>
    Login,

    /// <summary>Names, dates, addresses, and ids of whatever else.</summary>
    Other,
}

/// <summary>Tells places by the words in their names: those of the forms that registers and targets have, and of the product's own records. Pure.</summary>
internal static class IdPlaces
{
    private static readonly string[] Logins = ["username", "user_name", "login", "principalname"];
    private static readonly string[] Texts = ["name", "namn", "navn", "formatted", "mail", "phone", "birth", "date", "title", "reason", "message", "state", "code", "sha256"];

    private static readonly string[] Persons =
    [
        "person", "people", "student", "pupil", "elev", "staff", "teacher", "guardian", "user", "agent", "child", "responsible", "instructor", "mentor", "observer",
        "member", "contact", "kontakt", "companion", "sample", "entit", "pair",
    ];

    private static readonly string[] Others =
    [
        "org", "school", "class", "course", "group", "section", "unit", "institution", "term", "session", "enrol", "dut", "activit", "syllab", "location", "node", "association",
    ];

    /// <summary>How names of ids end.</summary>
    private static readonly string[] Ids = ["id", "ids", "key"];

    /// <summary>Such as <c>entities</c> of its beginning.</summary>
    private const int LongestPlural = 3;

    /// <summary>Whole names of places in the product's own records.</summary>
    private static readonly HashSet<string> OwnWords = new(StringComparer.Ordinal) { "by", "tenant", "run", "feed", "target", "type", "kind", "file", "roster", "selection" };

    /// <summary>By the nearest name that says something: <c>person/id</c> is a person's, and so is <c>sourcedId</c> in <c>users.csv</c>.</summary>
    public static IdPlace Of(PlacedValue value)
    {
        for (var at = value.Path.Count - 1; at >= 0; at--)
        {
            if (Of(value.Path[at], isFile: at == 0) is not IdPlace.Unclear and var place)
            {
                return place;
            }
        }

        return IdPlace.Unclear;
    }

    /// <summary>
    /// Whether it can be nothing else: the place's own name is that of an id, or of people. A record of a person has much besides, such as a civic number or a
    /// status, under names that say nothing of it.
    /// </summary>
    public static bool IsSurelyOfPerson(PlacedValue value) => value.Path.Count > 1 && IsOfId(value.Path[^1]) && Of(value) is IdPlace.Person;

    private static bool IsOfId(string name) => Array.Exists(Ids, name.EndsWith)
        || Array.Exists(Persons, word => name.StartsWith(word, StringComparison.Ordinal) && name.Length - word.Length <= LongestPlural);

    private static IdPlace Of(string name, bool isFile)
    {
        return !isFile && Has(Logins) ? IdPlace.Login
            : !isFile && (Has(Texts) || OwnWords.Contains(name)) ? IdPlace.Other
            : Has(Persons) ? IdPlace.Person
            : Has(Others) ? IdPlace.Other
            : IdPlace.Unclear;

        bool Has(string[] words) => Array.Exists(words, word => name.Contains(word, StringComparison.Ordinal));
    }
}
