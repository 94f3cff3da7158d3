def judge(*a):
    pass
