using System;

namespace UnityEngine;

public class UnityException : SystemException
{
    public UnityException() : base("A Unity Runtime error occurred!")
    {
    }

    public UnityException(string message) : base(message)
    {
    }
}

public class MissingReferenceException : SystemException
{
    public MissingReferenceException() : base("A Unity Runtime error occurred!")
    {
    }

    public MissingReferenceException(string message) : base(message)
    {
    }
}

public class MissingComponentException : SystemException
{
    public MissingComponentException() : base("A Unity Runtime error occurred!")
    {
    }

    public MissingComponentException(string message) : base(message)
    {
    }
}
