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

    private const string DeleteEnding = ".delete.txt";

    public static LearnObject Person { get; } = new(
        "person", [Key("external_person_key")], [0],
        [
            new(UserId), new("firstname"), new("lastname"), new("email"),
            new("institution_role"), new("system_role"), new("available_ind"),
        ]);

    public static LearnObject SecondaryRole { get; } = new("secondaryinstrole", [Key("external_person_key"), new("role_id")], [0], []);

    public static LearnObject Course { get; } = new(
        "course", [Key("external_course_key")], [], [new(CourseId), new("course_name"), new("available_ind")]);

    public static LearnObject Membership { get; } = new(
        "membership", [Key("external_course_key"), Key("external_person_key")], [1], [new("role"), new("available_ind")]);

    public static LearnObject Observer { get; } = new(
        "associateobserver", [Key("external_observer_key"), Key("external_user_key")], [0, 1], []);

    /// <summary>In the order in which Learn needs them: what is referred to comes first.</summary>
    public static IReadOnlyList<LearnObject> All { get; } = [Person, SecondaryRole, Course, Membership, Observer];

    /// <summary>By key: the object whose record it names, where that is another one.</summary>
    public IReadOnlyList<LearnObject> References =>
        this == Membership ? [Course, Person] : this == Observer ? [Person, Person] : this == SecondaryRole ? [Person] : [];

    public string File => $"{Name}.txt";

    /// <summary>Keys that are posted to delete, whatever the object's own operation is.</summary>
    public string DeleteFile => $"{Name}{DeleteEnding}";

    /// <summary>Keys of what Learn may have, where the object's own file does not say it. Stays here.</summary>
    public string KnownFile => $"{Name}.held.txt";

    /// <summary>New persons with their first password, posted before the object's own file.</summary>
    public string NewFile => $"{Name}.new.txt";

    public static bool IsDeleteFile(string file) => file.EndsWith(DeleteEnding, StringComparison.Ordinal);

    public static LearnObject OfFile(string file) => All.Single(kind => kind.Name == file[..file.IndexOf('.', StringComparison.Ordinal)]);

    private static LearnColumn Key(string name) => new(name);
}
