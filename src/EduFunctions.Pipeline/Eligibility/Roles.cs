namespace EduFunctions.Pipeline.Eligibility;

/// <summary>What a person is at a school; each is decided on its own.</summary>
[Flags]
public enum Roles : byte
{
    None = 0,
    Student = 1,
    Staff = 2,
    Guardian = 4,
}
