using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>A column of one of Learn's files.</summary>
internal sealed record LearnColumn(string Name);

/// <summary>A kind of record in Learn: the end of its address, and the columns of its file between the keys and the row status.</summary>
/// <param name="PersonKeys">Which of the keys name a person.</param>
internal sealed record LearnObject(
    string Name, IReadOnlyList<LearnColumn> Keys, IReadOnlyList<int> PersonKeys, IReadOnlyList<LearnColumn> Values)
{
    public const string RowStatus = "row_status";
    public const string DataSourceKey = "data_source_key";
    public const string Password = "passwd";
    public const string UserId = "user_id";
    public const string CourseId = "course_id";
    public const string NewDataSourceKey = "new_data_source_key";

    private const string AssociationKey = "external_association_key";
    private const string NodeKey = "external_node_key";
    private const string DeleteEnding = ".delete.txt";
    private const string MovedEnding = ".moved.txt";
    private const string NewKeyBeginning = "new_";

    public static LearnObject Node { get; } = new("node", [Key("external_node_key")], [], [new("parent_node_key"), new("name")]) { IsPurged = true };

    public static LearnObject Person { get; } = new(
        "person", [Key("external_person_key")], [0],
        [
            new(UserId), new("firstname"), new("lastname"), new("email"),
            new("institution_role"), new("system_role"), new("available_ind"),
        ]);

    public static LearnObject SecondaryRole { get; } = new("secondaryinstrole", [Key("external_person_key"), new("role_id")], [0], []);

    public static LearnObject Course { get; } = new(
        "course", [Key("external_course_key")], [], [new(CourseId), new("course_name"), new("available_ind")]);

    public static LearnObject UserAssociation { get; } = new(
        "userassociation", [Key(AssociationKey)], [], [new(NodeKey), new("external_user_key")])
    {
        IsPurged = true,
        IsSentOnce = true,
        PersonValue = "external_user_key",
    };

    public static LearnObject CourseAssociation { get; } = new(
        "courseassociation", [Key(AssociationKey)], [], [new(NodeKey), new("external_course_key"), new("is_primary_association")])
    {
        IsPurged = true,
        IsSentOnce = true,
    };

    public static LearnObject Membership { get; } = new(
        "membership", [Key("external_course_key"), Key("external_person_key")], [1], [new("role"), new("available_ind")]);

    public static LearnObject Observer { get; } = new(
        "associateobserver", [Key("external_observer_key"), Key("external_user_key")], [0, 1], []);

    /// <summary>In the order in which Learn needs them: what is referred to comes first.</summary>
    public static IReadOnlyList<LearnObject> All { get; } = [Node, Person, SecondaryRole, Course, UserAssociation, CourseAssociation, Membership, Observer];

    /// <summary>The objects whose records it names.</summary>
    public IReadOnlyList<LearnObject> References =>
        this == Membership ? [Course, Person]
        : this == Observer || this == SecondaryRole ? [Person]
        : this == UserAssociation ? [Node, Person]
        : this == CourseAssociation ? [Node, Course]
        : [];

    /// <summary>Whether Learn purges it, having no status that could disable it: what is gone leaves by its key, whatever the operation.</summary>
    public bool IsPurged { get; private init; }

    /// <summary>Whether all there is to it hangs on its key, so that a record that Learn has is not stored again: it counts that as an error.</summary>
    public bool IsSentOnce { get; private init; }

    /// <summary>The value that names a person whom the keys do not name.</summary>
    public string? PersonValue { get; private init; }

    public static TypedColumns Columns { get; } = new(
        ["firstname", "lastname", "email", "name", "course_name"],
        [
            UserId, CourseId, "external_node_key", "parent_node_key", "external_person_key", "external_course_key", AssociationKey, "external_user_key", "external_observer_key",
            "new_external_node_key", "new_external_person_key", "new_external_course_key", "new_external_association_key",
        ],
        [
            "institution_role", "system_role", "role_id", "role", "available_ind", "is_primary_association", RowStatus, Password, DataSourceKey, NewDataSourceKey,
        ]);

    public string File { get; } = $"{Name}.txt";

    /// <summary>Keys that are posted to delete, whatever the object's own operation is.</summary>
    public string DeleteFile { get; } = $"{Name}{DeleteEnding}";

    /// <summary>The keys that records to delete had before, where it is not known whether they have got those of today: one of both is refused.</summary>
    public string FormerDeleteFile { get; } = $"{Name}.former{DeleteEnding}";

    /// <summary>Keys to delete of records that Learn has never said it has: where they never came to be, it refuses them.</summary>
    public string DoubtedDeleteFile { get; } = $"{Name}.doubted{DeleteEnding}";

    /// <summary>Keys of what Learn is told to purge, or to delete under more than one key or in doubt, for the first time. Stays here.</summary>
    public string GoingFile { get; } = $"{Name}.going.txt";

    /// <summary>Keys of what Learn may have, where the object's own file does not say it. Stays here.</summary>
    public string KnownFile { get; } = $"{Name}.held.txt";

    /// <summary>Keys that Learn was told to purge on nights on which nothing else was sent, while the other files know them still. Stays here.</summary>
    public string PurgedFile { get; } = $"{Name}.purged.txt";

    /// <summary>Posted before the object's own file: new persons with their first password, or the node that others hang below.</summary>
    public string NewFile { get; } = $"{Name}.new.txt";

    /// <summary>Records that give up a login name which somebody else is to have, posted before those who are to have it.</summary>
    public string AsideFile { get; } = $"{Name}.aside.txt";

    /// <summary>Records whose name tells of somebody by now, under another, where they stand in no other file.</summary>
    public string NeutralFile { get; } = $"{Name}.neutral.txt";

    /// <summary>Keys of what has left, since when, and by what Learn still has it. Stays here.</summary>
    public string GoneFile { get; } = $"{Name}.gone.txt";

    /// <summary>Those keys, posted to delete once more for a Learn that may have them again.</summary>
    public string AgainFile { get; } = $"{Name}.again{DeleteEnding}";

    /// <summary>Records that get another data source or key, posted first of all.</summary>
    public string MovedFile { get; } = $"{Name}{MovedEnding}";

    /// <summary>Records that were given another key within the days that are remembered, once more from the former one, for a Learn that may have that again.</summary>
    public string MovedAgainFile { get; } = $"{Name}.again{MovedEnding}";

    /// <summary>The keys that people had before they got those of today. Stays here.</summary>
    public string FormerKeysFile { get; } = $"{Name}.former.txt";

    /// <summary>Hashes of the login names that people had before they got those of today. Stays here.</summary>
    public string LoginsFile { get; } = $"{Name}.logins.txt";

    /// <summary>What the moved file does besides the keys, by the keys of today: for records that had got those already.</summary>
    public string SourceFile { get; } = $"{Name}.moved.source.txt";

    /// <summary>What Learn may have had before records were moved, by the keys of that night. Stays here, until it is known that they are.</summary>
    public string MovingFile { get; } = $"{Name}.moving.txt";

    /// <summary>The column with the key that a record is to have.</summary>
    public string NewKey { get; } = $"{NewKeyBeginning}{Keys[0].Name}";

    /// <summary>Whether its records name a person.</summary>
    public bool NamesPersons => PersonKeys.Count > 0 || PersonValue is not null;

    /// <summary>Whether a file goes to store, whatever the object's own operation is.</summary>
    public bool IsStored(string file) => file == NewFile || file == MovedFile || file == MovedAgainFile || file == SourceFile || file == AsideFile || file == NeutralFile;

    public static bool IsMovedFile(string file) => file.EndsWith(MovedEnding, StringComparison.Ordinal);

    public static bool IsDeleteFile(string file) => file.EndsWith(DeleteEnding, StringComparison.Ordinal);

    public static LearnObject OfFile(string file) => All.Single(kind => kind.Name == file[..file.IndexOf('.', StringComparison.Ordinal)]);

    private static LearnColumn Key(string name) => new(name);
}
